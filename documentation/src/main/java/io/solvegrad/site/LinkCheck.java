package io.solvegrad.site;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Looks whether every link within the site leads somewhere, to the anchor. */
final class LinkCheck {
  private final Path site;
  private final Map<Path, Set<String>> anchors = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private int links;

  LinkCheck(Path site) {
    this.site = site;
  }

  /** The number of links looked at. */
  int links() {
    return links;
  }

  /** Looks at every page and returns a line for each link that leads nowhere. */
  List<String> broken() throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.walk(site)) {
      pages = files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
    for (Path page : pages) {
      Document document = Jsoup.parse(page, null);
      for (Element element : document.select("a[href], link[href], img[src], script[src]")) {
        look(page, element.hasAttr("href") ? element.attr("href") : element.attr("src"));
      }
    }
    return broken;
  }

  private void look(Path page, String link) throws IOException {
    if (link.isEmpty() || link.matches("(?i)(https?|data|mailto|javascript):.*")) {
      return;
    }
    links++;
    int fragment = link.indexOf('#');
    String path =
        decoded(fragment < 0 ? link : link.substring(0, fragment)).replaceAll("\\?.*", "");
    Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    if (Files.isDirectory(file)) {
      file = file.resolve("index.html");
    }
    boolean found = Files.isRegularFile(file);
    if (found && fragment >= 0 && file.toString().endsWith(".html")) {
      found = anchors(file).contains(decoded(link.substring(fragment + 1)));
    }
    if (!found) {
      broken.add(site.relativize(page) + " links to " + link);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private Set<String> anchors(Path file) throws IOException {
    Set<String> known = anchors.get(file);
    if (known == null) {
      known = new HashSet<>();
      known.add("");
      known.add("top");
      for (Element element : Jsoup.parse(file, null).select("[id], a[name]")) {
        known.add(element.id());
        known.add(element.attr("name"));
      }
      anchors.put(file, known);
    }
    return known;
  }
}
