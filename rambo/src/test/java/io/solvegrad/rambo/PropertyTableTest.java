package io.solvegrad.rambo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Where the properties of an exact implementation are tested, by their numbers in the method's fact
 * sheet. S are solvers in general, the ranking among them; R is the ranking; L are losses. Numbers
 * 22 and 23 are about solvers that rank nothing and are tested in module combinatorial-solvers.
 *
 * <table>
 *   <caption>Properties and tests</caption>
 *   <tr><th>number</th><th>says</th><th>tests</th></tr>
 *   <tr><td>1</td><td>S piecewise constant</td><td>SolverPropertiesTest, BlackboxPropertiesTest</td></tr>
 *   <tr><td>2</td><td>S slope of the interpolation</td><td>SolverPropertiesTest, BlackboxPropertiesTest</td></tr>
 *   <tr><td>3</td><td>S bounds</td><td>SolverPropertiesTest, InterpolationPropertiesTest</td></tr>
 *   <tr><td>4</td><td>S monotone in lambda</td><td>SolverPropertiesTest, InterpolationPropertiesTest</td></tr>
 *   <tr><td>5</td><td>S zero upstream</td><td>SolverPropertiesTest, BlackboxPropertiesTest</td></tr>
 *   <tr><td>6</td><td>S scale</td><td>SolverPropertiesTest, InterpolationPropertiesTest</td></tr>
 *   <tr><td>7</td><td>S small lambda</td><td>SolverPropertiesTest, InterpolationPropertiesTest</td></tr>
 *   <tr><td>8</td><td>R sum and bounds of a row</td><td>RankingPropertiesTest, BlackboxPropertiesTest</td></tr>
 *   <tr><td>9</td><td>R shifts</td><td>RankingPropertiesTest</td></tr>
 *   <tr><td>10</td><td>R permutations, rows, batches</td><td>RankingPropertiesTest, BlackboxPropertiesTest</td></tr>
 *   <tr><td>11</td><td>R threshold of the zero gradient</td><td>RankingPropertiesTest</td></tr>
 *   <tr><td>12</td><td>R large lambda</td><td>RankingPropertiesTest</td></tr>
 *   <tr><td>13</td><td>R duality</td><td>RankingPropertiesTest</td></tr>
 *   <tr><td>14</td><td>R ties</td><td>RankingPropertiesTest, BlackboxPropertiesTest</td></tr>
 *   <tr><td>15</td><td>L recall</td><td>LossPropertiesTest</td></tr>
 *   <tr><td>16</td><td>L signs</td><td>LossPropertiesTest, BlackboxPropertiesTest</td></tr>
 *   <tr><td>17</td><td>L margin</td><td>BlackboxPropertiesTest</td></tr>
 *   <tr><td>18</td><td>L memory</td><td>ScoreMemoryTest, InterpolationPropertiesTest</td></tr>
 *   <tr><td>19</td><td>L average precision</td><td>LossPropertiesTest</td></tr>
 *   <tr><td>20</td><td>L interclass weight</td><td>LossPropertiesTest</td></tr>
 *   <tr><td>21</td><td>large n</td><td>InterpolationPropertiesTest</td></tr>
 * </table>
 */
final class PropertyTableTest {
  private static final List<String> CLASSES =
      List.of(
          "io.solvegrad.solver.SolverPropertiesTest",
          "io.solvegrad.ranking.RankingPropertiesTest",
          "io.solvegrad.rambo.BlackboxPropertiesTest",
          "io.solvegrad.rambo.InterpolationPropertiesTest",
          "io.solvegrad.rambo.LossPropertiesTest",
          "io.solvegrad.rambo.ScoreMemoryTest");
  private static final Pattern NAME = Pattern.compile("property(\\d\\d)_\\w+");

  @Test
  void everyPropertyOfRankingsIsTested() throws ClassNotFoundException {
    TreeSet<Integer> tested = new TreeSet<>();
    for (String name : CLASSES) {
      for (Method method : Class.forName(name).getDeclaredMethods()) {
        Matcher matcher = NAME.matcher(method.getName());
        if (matcher.matches() && method.isAnnotationPresent(Property.class)) {
          tested.add(Integer.valueOf(matcher.group(1)));
        }
      }
    }
    assertEquals(
        IntStream.rangeClosed(1, 21).boxed().collect(Collectors.toCollection(TreeSet::new)),
        tested,
        Arrays.toString(CLASSES.toArray()));
  }
}
