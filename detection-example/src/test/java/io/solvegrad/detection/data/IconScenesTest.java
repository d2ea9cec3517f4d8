package io.solvegrad.detection.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.detection.data.IconScenes.Split;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IconScenesTest {
  private static final IconScenes SCENES = new IconScenes(3, 128);

  @Property(tries = 60, seed = "11")
  void boxesAreTheSmallestAroundTheShapes(@ForAll @IntRange(max = 100_000) int number) {
    for (Split split : Split.values()) {
      for (Scene.Item item : SCENES.scene(split, number).objects()) {
        BufferedImage alone = new BufferedImage(128, 128, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = alone.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setColor(Color.WHITE);
        pen.fill(item.shape());
        pen.dispose();
        int left = 128;
        int top = 128;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < 128; y++) {
          for (int x = 0; x < 128; x++) {
            if ((alone.getRGB(x, y) & 0xff) > 0) {
              left = Math.min(left, x);
              top = Math.min(top, y);
              right = Math.max(right, x + 1);
              bottom = Math.max(bottom, y + 1);
            }
          }
        }
        // Nothing is outside, and a thin end may fade below one grey level.
        String what = item.category() + " in " + split + " " + number;
        assertTrue(left >= item.left() && left <= item.left() + 1, what);
        assertTrue(top >= item.top() && top <= item.top() + 1, what);
        assertTrue(right <= item.right() && right >= item.right() - 1, what);
        assertTrue(bottom <= item.bottom() && bottom >= item.bottom() - 1, what);
        assertTrue(item.left() >= 0 && item.right() <= 128 && item.bottom() <= 128, what);
      }
    }
  }

  @Test
  void sameSeedPaintsTheSameAndAnotherSeedAnother() {
    IconScenes again = new IconScenes(3, 128);
    IconScenes other = new IconScenes(4, 128);
    for (int number = 0; number < 5; number++) {
      int[] pixels = pixels(SCENES.scene(Split.TEST, number));
      assertArrayEquals(pixels, pixels(again.scene(Split.TEST, number)));
      assertFalse(java.util.Arrays.equals(pixels, pixels(other.scene(Split.TEST, number))));
      assertFalse(java.util.Arrays.equals(pixels, pixels(SCENES.scene(Split.TRAIN, number))));
    }
  }

  private static int[] pixels(Scene scene) {
    return scene.image().getRGB(0, 0, 128, 128, null, 0, 128);
  }

  @Test
  void noTeamDrawsInTwoSplits() {
    Set<String> seen = new HashSet<>();
    for (Split split : Split.values()) {
      for (String team : split.teams()) {
        assertTrue(seen.add(team), team);
      }
    }
    assertEquals(14, seen.size());
  }

  @Test
  void everySplitShowsAllClassesSeveralAtATimeAndSomeHidden() {
    for (Split split : Split.values()) {
      Set<String> shown = new HashSet<>();
      int objects = 0;
      int occluded = 0;
      for (int number = 0; number < 150; number++) {
        Scene scene = SCENES.scene(split, number);
        objects += scene.objects().size();
        for (Scene.Item item : scene.objects()) {
          shown.add(item.category());
          occluded += item.occluded() ? 1 : 0;
        }
      }
      assertEquals(Set.copyOf(IconScenes.CLASSES), shown);
      assertTrue(objects > 3 * 150, objects + " objects");
      assertTrue(occluded > objects / 5 && occluded < objects / 2, occluded + " occluded");
    }
  }

  @Test
  void sizesVaryByAFactorOfTwoAndMore() {
    Set<Integer> longest =
        SCENES.scene(Split.TRAIN, 1).objects().stream()
            .map(item -> Math.max(item.right() - item.left(), item.bottom() - item.top()))
            .collect(Collectors.toSet());
    for (int number = 2; number < 40; number++) {
      for (Scene.Item item : SCENES.scene(Split.TRAIN, number).objects()) {
        longest.add(Math.max(item.right() - item.left(), item.bottom() - item.top()));
      }
    }
    int smallest = longest.stream().min(Integer::compare).orElseThrow();
    int largest = longest.stream().max(Integer::compare).orElseThrow();
    assertTrue(largest > 2 * smallest, smallest + " to " + largest);
  }

  @Test
  void tinyScenesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new IconScenes(1, 32));
    assertNotEquals(0, SCENES.side());
  }
}
