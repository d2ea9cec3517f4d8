package io.solvegrad.bench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Arrows between packages point down only; this module sees all the others, so they are kept here.
 */
@AnalyzeClasses(
    packages = "io.solvegrad",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArrowsTest.WithoutTestJars.class})
class ArrowsTest {

  /** Leaves out what other modules lend for tests, which Maven has packed by then. */
  static final class WithoutTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String BASE = "io.solvegrad.";
  private static final List<String> GROUND = List.of("solver", "ranking");

  private static final List<String> GRAPH_SOLVER = List.of("solver", "graph");

  /** The packages below io.solvegrad, each with those that it may know. */
  private static final Map<String, List<String>> MAY_KNOW =
      Map.ofEntries(
          entry("file", List.of()),
          entry("solver", List.of("file")),
          entry("ranking", List.of("solver")),
          entry("graph", List.of()),
          entry("assignment", List.of("solver")),
          entry("flow", GRAPH_SOLVER),
          entry("graphmatching", List.of("solver", "graph", "assignment")),
          entry("matching", GRAPH_SOLVER),
          entry("program", List.of("solver")),
          entry("selection", List.of("solver")),
          entry("shortestpath", GRAPH_SOLVER),
          entry("spanningtree", GRAPH_SOLVER),
          entry("tour", List.of("solver")),
          // What runs on one machine and on many share their arithmetic; rambo: see below.
          entry(
              "spark",
              List.of("solver", "ranking", "boosting", "evaluation", "ejml", "xgboost", "rambo")),
          entry("boosting", List.of("ranking")),
          entry("rambo", List.of("solver", "ranking", "file")),
          entry("relaxation", GROUND),
          entry("evaluation", GROUND),
          entry("djl", GROUND),
          entry("ejml", GROUND),
          entry("xgboost", List.of("ranking", "boosting")),
          entry("lightgbm", List.of("ranking", "boosting")),
          entry("example", List.of("solver", "file")),
          entry(
              "retrieval",
              List.of("example", "solver", "ranking", "rambo", "relaxation", "evaluation", "djl")),
          entry(
              "detection",
              List.of("example", "solver", "ranking", "rambo", "relaxation", "evaluation", "djl")),
          entry(
              "learning",
              List.of(
                  "example",
                  "solver",
                  "ranking",
                  "rambo",
                  "relaxation",
                  "graph",
                  "matching",
                  "shortestpath",
                  "tour",
                  "djl")),
          entry(
              "bench",
              List.of(
                  "assignment",
                  "shortestpath",
                  "tour",
                  "solver",
                  "ranking",
                  "boosting",
                  "rambo",
                  "relaxation",
                  "evaluation",
                  "djl",
                  "xgboost",
                  "lightgbm",
                  "example",
                  "retrieval",
                  "detection")));

  @ArchTest
  static void everyPackageHasItsArrows(JavaClasses all) {
    var found = all.stream().map(ArrowsTest::packageBelowBase).collect(toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(MAY_KNOW.keySet()), found);
  }

  @ArchTest
  static void arrowsPointDown(JavaClasses all) {
    MAY_KNOW.forEach((name, known) -> {
      var allowed = new ArrayList<>(List.of(BASE + name + ".."));
      known.forEach(other -> allowed.add(BASE + other + ".."));
      noClasses()
          .that()
          .resideInAPackage(BASE + name + "..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(BASE + ".")
                  .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
          .check(all);
    });
  }

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching(BASE + "(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule GROUND_FLOOR_NEEDS_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAnyPackage(
              BASE + "file..", BASE + "solver..", BASE + "ranking..", BASE + "boosting..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              BASE + "file..",
              BASE + "solver..",
              BASE + "ranking..",
              BASE + "boosting..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_OF_SPARK_KNOWS_RAMBO =
      noClasses()
          .that()
          .resideInAPackage(BASE + "spark")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BASE + "rambo..");

  @ArchTest
  static final ArchRule VECTORS_STAY_IN_THE_KERNELS =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE + "rambo.kernel..", BASE + "bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule KERNELS_ARE_NOT_EXPORTED =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE + "rambo..", BASE + "bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BASE + "rambo.kernel..");

  private static String packageBelowBase(JavaClass type) {
    return type.getPackageName().substring(BASE.length()).split("\\.", 2)[0];
  }
}
