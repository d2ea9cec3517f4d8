package io.solvegrad.site;

import java.util.List;
import java.util.function.UnaryOperator;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown with tables, and headings that can be linked to. */
final class Markdown {
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).build();

  private Markdown() {}

  static Document parse(String text) {
    return (Document) PARSER.parse(text);
  }

  /** The characters below a node, without marks. */
  static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }

  /** The text of the first heading, or the empty string. */
  static String title(Document document) {
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        return text(heading);
      }
    }
    return "";
  }

  /** HTML with the destinations of links and pictures translated. Modifies the document. */
  static String html(Document document, UnaryOperator<String> translate) {
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            link.setDestination(translate.apply(link.getDestination()));
            super.visit(link);
          }

          @Override
          public void visit(Image image) {
            image.setDestination(translate.apply(image.getDestination()));
            super.visit(image);
          }
        });
    return HTML.render(document)
        // Wide tables scroll by themselves instead of the whole page.
        .replace("<table>", "<div class=\"wide\" tabindex=\"0\">\n<table>")
        .replace("</table>", "</table>\n</div>")
        .replace("<pre>", "<pre tabindex=\"0\">");
  }
}
