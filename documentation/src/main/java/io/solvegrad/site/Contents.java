package io.solvegrad.site;

import io.solvegrad.example.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;

/**
 * Which pages the site has. The first page, {@code docs/index.md}, is the table of contents: its
 * headings of level two that are followed by lists of links are the groups of the navigation.
 *
 * @param root folder of the checkout
 * @param groups what the navigation shows
 * @param targets file of the site by Markdown file
 */
record Contents(Path root, List<Group> groups, Map<Path, String> targets) {
  /** Pages under one heading. */
  record Group(String title, List<Entry> entries) {}

  /** A link of the navigation, its file relative to the root of the site. */
  record Entry(String title, String target) {}

  /** Reads the table of contents. */
  static Contents read(Path root) throws IOException {
    Path index = root.resolve("docs/index.md");
    if (!Files.isReadable(index)) {
      throw new BadInputException("There is no page %s to begin with.".formatted(index));
    }
    Map<Path, String> targets = new TreeMap<>();
    targets.put(index, "index.html");
    List<Group> groups = new ArrayList<>();
    Document document = Markdown.parse(Files.readString(index));
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            if (heading.getLevel() == 2) {
              groups.add(new Group(Markdown.text(heading), new ArrayList<>()));
            }
          }

          @Override
          public void visit(Link link) {
            if (!groups.isEmpty() && isFirstOfItem(link)) {
              String target = target(root, index, link.getDestination(), targets);
              groups.getLast().entries().add(new Entry(Markdown.text(link), target));
            }
          }
        });
    groups.removeIf(group -> group.entries().isEmpty());
    return new Contents(root, List.copyOf(groups), Map.copyOf(targets));
  }

  private static boolean isFirstOfItem(Link link) {
    return link.getPrevious() == null
        && link.getParent() != null
        && link.getParent().getParent() instanceof ListItem;
  }

  private static String target(
      Path root, Path index, String destination, Map<Path, String> targets) {
    if (!destination.endsWith(".md")) {
      return destination;
    }
    Path file = index.resolveSibling(destination).normalize();
    if (!Files.isReadable(file)) {
      throw new BadInputException("%s links to %s, which is not there.".formatted(index, file));
    }
    return targets.computeIfAbsent(file, page -> siteName(root, page));
  }

  /** Pages of docs keep their names; others are named after file and folder. */
  private static String siteName(Path root, Path page) {
    Path relative = root.relativize(page);
    String name =
        relative.startsWith("docs")
            ? relative.subpath(1, relative.getNameCount()).toString()
            : relative.toString();
    return name.replace('\\', '/')
        .replace('/', '-')
        .replaceAll("\\.md$", ".html")
        .toLowerCase(java.util.Locale.ROOT);
  }
}
