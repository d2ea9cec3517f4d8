package io.solvegrad.retrieval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.retrieval.report.TrainingCurve.Point;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TrainingCurveTest {
  private static BufferedImage draw(TrainingCurve curve) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(curve.chart().png(400, 300, 12)));
  }

  private static boolean hasColour(BufferedImage image, int rgb) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xffffff) == rgb) {
          return true;
        }
      }
    }
    return false;
  }

  private static final List<Point> LOSS = List.of(new Point(0, 0.9), new Point(10, 0.3));
  private static final List<Point> RATE = List.of(new Point(5, 0.4), new Point(10, 0.5));

  @Test
  void drawsBothSeriesInTheirColours() throws IOException {
    BufferedImage image = draw(new TrainingCurve("steps", LOSS, RATE));
    assertEquals(400, image.getWidth());
    assertEquals(300, image.getHeight());
    assertTrue(hasColour(image, 0x0b5cad), "loss");
    assertTrue(hasColour(image, 0xb34500), "hit rate");
  }

  @Test
  void drawsOneSeriesAlone() throws IOException {
    assertTrue(hasColour(draw(new TrainingCurve("steps", LOSS, List.of())), 0x0b5cad));
    assertTrue(hasColour(draw(new TrainingCurve("steps", List.of(), RATE)), 0xb34500));
    assertTrue(
        hasColour(draw(new TrainingCurve("steps", List.of(new Point(3, 1)), List.of())), 0x0b5cad));
  }

  @Test
  void pointsThatAreNoNumbersAreLeftOut() throws IOException {
    List<Point> broken = List.of(new Point(0, Double.NaN), new Point(1, Double.POSITIVE_INFINITY));
    TrainingCurve none = new TrainingCurve("steps", broken, List.of());
    assertTrue(none.isEmpty());
    assertThrows(IllegalArgumentException.class, () -> none.chart().png(400, 300, 12));
    List<Point> some = new ArrayList<>(broken);
    some.addAll(LOSS);
    TrainingCurve curve = new TrainingCurve("steps", some, List.of());
    assertFalse(curve.isEmpty());
    draw(curve);
    assertEquals(
        "Training curve over steps: loss from 0.900 to 0.300, no batch hit rate@1.",
        curve.describe());
  }

  @Test
  void longSeriesAreAveraged() {
    List<Point> loss = new ArrayList<>();
    for (int step = 0; step < 1000; step++) {
      loss.add(new Point(step, step < 500 ? 2 + step % 2 : 1));
    }
    assertEquals(
        "Training curve over steps: loss from 2.400 to 1.000,"
            + " batch hit rate@1 from 0.400 to 0.500.",
        new TrainingCurve("steps", loss, RATE).describe(),
        "200 means of 5: the first is (2 + 3 + 2 + 3 + 2) / 5");
  }
}
