package io.solvegrad.relaxation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.ranking.Ranker;
import io.solvegrad.ranking.RankingLoss;
import io.solvegrad.ranking.SmoothFunction;
import io.solvegrad.relaxation.embedding.EmbeddingLoss;
import io.solvegrad.relaxation.surrogate.LabelTransform;
import io.solvegrad.relaxation.surrogate.LambdaWeight;
import io.solvegrad.relaxation.surrogate.ListObjective;
import io.solvegrad.relaxation.surrogate.PairFunction;
import io.solvegrad.relaxation.surrogate.PointFunction;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No ranker and no loss of the module escapes the tests of gradients. */
final class CatalogueTest {

  /**
   * Gradients that are unbiased estimates or updates by definition, and not the derivative of the
   * value.
   */
  private static final Map<String, String> ESTIMATES =
      Map.of(
          "ErrorDriven", "ErrorDrivenTest",
          "PerturbedRanks", "RankersTest",
          "PlRank", "PlackettLuceTest",
          "PolicyGradient", "PlackettLuceTest");

  private static final Set<Class<?>> PRODUCTS =
      Set.of(
          Ranker.class,
          RankingLoss.class,
          ListObjective.class,
          PairFunction.class,
          PointFunction.class,
          LambdaWeight.class,
          LabelTransform.class,
          SmoothFunction.class,
          EmbeddingLoss.class);

  private static Path classes() throws URISyntaxException {
    return Path.of(SmoothLosses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<Class<?>> publicTypes() throws IOException, URISyntaxException {
    Path root = classes();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString().replace('/', '.').replace('\\', '.'))
          .filter(name -> name.endsWith(".class") && !name.contains("-info"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .<Class<?>>map(CatalogueTest::load)
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, CatalogueTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** The code of the tests that take central differences. */
  private static String tests() throws IOException {
    Path folder = Path.of("src", "test", "java", "io", "solvegrad", "relaxation");
    return Files.readString(folder.resolve("Catalogue.java"))
        + Files.readString(folder.resolve("EmbeddingLossTest.java"));
  }

  @Test
  void everyRankerAndLoss_isInTheCatalogue() throws Exception {
    String tests = tests();
    Set<String> missing = new TreeSet<>();
    int found = 0;
    for (Class<?> type : publicTypes()) {
      boolean ours =
          !type.isInterface()
              && (Ranker.class.isAssignableFrom(type)
                  || RankingLoss.class.isAssignableFrom(type)
                  || ListObjective.class.isAssignableFrom(type)
                  || LambdaWeight.class.isAssignableFrom(type)
                  || type == EmbeddingLoss.class);
      if (!ours) {
        continue;
      }
      found++;
      String name = type.getSimpleName();
      boolean used = tests.contains("new " + name + "(") || tests.contains(name + ".of(");
      if (!used && !ESTIMATES.containsKey(name)) {
        missing.add(name);
      }
    }
    assertTrue(found > 20, "only %d types were found in %s".formatted(found, classes()));
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyFactory_isInTheCatalogue() throws Exception {
    String tests = tests();
    Set<String> missing = new TreeSet<>();
    int found = 0;
    for (Class<?> type : publicTypes()) {
      for (Method method : type.getDeclaredMethods()) {
        int modifiers = method.getModifiers();
        if (Modifier.isStatic(modifiers)
            && Modifier.isPublic(modifiers)
            && !method.isSynthetic()
            && PRODUCTS.stream().anyMatch(p -> p.isAssignableFrom(method.getReturnType()))) {
          found++;
          String call = type.getSimpleName() + "." + method.getName() + "(";
          if (!tests.contains(call) && !ESTIMATES.containsKey(type.getSimpleName())) {
            missing.add(call);
          }
        }
      }
    }
    assertTrue(found > 40, "only %d factories were found".formatted(found));
    assertEquals(Set.of(), missing);
  }

  /** An estimate stays one: what is named as such has a test of its own. */
  @Test
  void everyEstimate_hasItsTest() throws IOException {
    Path folder = Path.of("src", "test", "java", "io", "solvegrad", "relaxation");
    for (Map.Entry<String, String> estimate : ESTIMATES.entrySet()) {
      String test = Files.readString(folder.resolve(estimate.getValue() + ".java"));
      assertTrue(test.contains("new " + estimate.getKey() + "("), estimate.getKey());
    }
  }
}
