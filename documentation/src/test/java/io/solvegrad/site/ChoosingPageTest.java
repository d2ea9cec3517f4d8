package io.solvegrad.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every figure of docs/choosing.md stands in the section that is linked in its row. */
class ChoosingPageTest {
  private static final Path PAGE = Path.of("../docs/choosing.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)#([^)]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(##+) (.*)");
  private static final Pattern FIGURE = Pattern.compile("(?<![\\w@.-])[+-]?\\d+(\\.\\d+)?");

  @Test
  void figuresStandWhereTheyAreSaidToStand() throws IOException {
    List<String> missing = new ArrayList<>();
    int figures = 0;
    for (String line : Files.readAllLines(PAGE)) {
      Matcher link = LINK.matcher(line);
      if (!line.startsWith("| ") || !link.find()) {
        continue;
      }
      String section = section(PAGE.resolveSibling(link.group(1)).normalize(), link.group(2));
      Matcher figure = FIGURE.matcher(line.substring(0, line.lastIndexOf("| [")));
      while (figure.find()) {
        figures++;
        if (!Pattern.compile("(?<![\\d.])" + Pattern.quote(figure.group()) + "(?![\\d])")
            .matcher(section)
            .find()) {
          missing.add("%s of %s".formatted(figure.group(), line));
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(figures > 60, figures + " figures looked at");
  }

  /** The text from a heading to the next one of its level. */
  private static String section(Path file, String anchor) throws IOException {
    StringBuilder section = new StringBuilder();
    int level = 0;
    for (String line : Files.readAllLines(file)) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches() && (level == 0 || heading.group(1).length() <= level)) {
        level = anchor(heading.group(2)).equals(anchor) ? heading.group(1).length() : 0;
      }
      if (level > 0) {
        section.append(line).append('\n');
      }
    }
    assertTrue(section.length() > 0, file + " has no section " + anchor);
    return section.toString();
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
  }
}
