package io.solvegrad.retrieval.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.example.icons.IconNames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.IkonProvider;

class IconCollectionTest {
  private static ImageCollection icons;

  @BeforeAll
  static void load() {
    icons = IconCollection.load();
  }

  /** The rules alone, before anything is drawn. */
  @Test
  void namesGive2328Classes() {
    Map<String, Set<String>> families = new HashMap<>();
    Map<String, Integer> images = new HashMap<>();
    for (IkonProvider<?> provider : ServiceLoader.load(IkonProvider.class)) {
      for (Ikon ikon : provider.getIkon().getEnumConstants()) {
        String className = IconNames.className(ikon.getDescription());
        families
            .computeIfAbsent(className, name -> new HashSet<>())
            .add(IconNames.family(provider.getIkon().getSimpleName()));
        images.merge(className, 1, Integer::sum);
      }
    }
    assertArrayEquals(new int[] {2328, 18397}, count(families, images, 2));
    assertArrayEquals(new int[] {1137, 13301}, count(families, images, 3));
  }

  /** Without 89 glyphs that have no ink or no entry in their font. */
  @Test
  void drawingsGive2322Classes() {
    assertEquals(2322, icons.classCount());
    assertEquals(18308, icons.size());
    assertEquals(18, icons.sourceCount());
    Map<String, Set<String>> families = new HashMap<>();
    Map<String, Integer> images = new HashMap<>();
    for (int i = 0; i < icons.size(); i++) {
      String className = icons.className(icons.classOf(i));
      families
          .computeIfAbsent(className, name -> new HashSet<>())
          .add(icons.sourceName(icons.sourceOf(i)));
      images.merge(className, 1, Integer::sum);
    }
    assertArrayEquals(new int[] {2322, 18308}, count(families, images, 2));
    assertArrayEquals(new int[] {1137, 13259}, count(families, images, 3));
  }

  private static int[] count(
      Map<String, Set<String>> families, Map<String, Integer> images, int atLeast) {
    List<String> classes =
        families.keySet().stream().filter(name -> families.get(name).size() >= atLeast).toList();
    return new int[] {classes.size(), classes.stream().mapToInt(images::get).sum()};
  }

  @Test
  void inkTouchesTheFrameAndLeavesOnePixel() {
    int side = ImageCollection.SIDE;
    for (int image = 0; image < icons.size(); image++) {
      byte[] pixels = icons.bytes(image);
      int rows = 0;
      int columns = 0;
      for (int i = 0; i < pixels.length; i++) {
        if (pixels[i] != 0) {
          rows |= 1 << i / side;
          columns |= 1 << i % side;
        }
      }
      String name = icons.description(image);
      assertEquals(0, (rows | columns) & (1 | 1 << side - 1), name + " reaches the border");
      // A thin end may fade below one grey level.
      int extent = Math.max(extent(rows), extent(columns));
      assertTrue(extent >= 28, name + " is " + extent + " pixels long");
    }
  }

  private static int extent(int bits) {
    return 32 - Integer.numberOfLeadingZeros(bits) - Integer.numberOfTrailingZeros(bits);
  }

  @Test
  void oneThreadDrawsTheSame() throws Exception {
    ImageCollection again;
    try (ForkJoinPool pool = new ForkJoinPool(1)) {
      again = pool.submit(IconCollection::load).get();
    }
    assertArrayEquals(icons.classIds(), again.classIds());
    assertArrayEquals(icons.sourceIds(), again.sourceIds());
    for (int i = 0; i < icons.size(); i++) {
      assertEquals(icons.description(i), again.description(i));
      assertArrayEquals(icons.bytes(i), again.bytes(i), icons.description(i));
    }
  }

  @Test
  void glyphsMissingFromTheirFontAreLeftOut() {
    assertTrue(descriptions().stream().noneMatch(name -> name.endsWith(" gmi-goat")));
    assertTrue(descriptions().contains("Material gmi-home"));
  }

  @Test
  void twoVersionsOfAFontUseTheirOwnGlyphs() {
    // Same name, redrawn in version 6.
    List<Integer> drawings =
        IntStream.range(0, icons.size())
            .filter(i -> icons.description(i).equals("FontAwesomeSolid fas-check"))
            .boxed()
            .toList();
    assertEquals(2, drawings.size());
    assertNotEquals(
        Arrays.hashCode(icons.bytes(drawings.get(0))),
        Arrays.hashCode(icons.bytes(drawings.get(1))));
  }

  @Test
  void logosAndDoubtfulLicencesStayOutOfReports() {
    int publishable = 0;
    for (int i = 0; i < icons.size(); i++) {
      String className = icons.className(icons.classOf(i));
      String source = icons.sourceName(icons.sourceOf(i));
      if (Set.of("github", "facebook", "googledrive", "microsoftword").contains(className)
          || Set.of("Win10", "SimpleLineIcons", "Devicons").contains(source)) {
        assertFalse(icons.publishable(i), icons.description(i));
      }
      publishable += icons.publishable(i) ? 1 : 0;
    }
    assertEquals(14652, publishable);
    assertTrue(icons.publishable(descriptions().indexOf("Feather fth-camera")));
  }

  private static List<String> descriptions() {
    return IntStream.range(0, icons.size()).mapToObj(icons::description).toList();
  }
}
