package io.solvegrad.evaluation.detection;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import io.solvegrad.evaluation.detection.ImageSize.Outside;
import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.Folders;
import io.solvegrad.evaluation.file.TextFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One annotation file of Pascal VOC.
 *
 * <p>Document type definitions are refused, so there are neither entities to expand nor external
 * ones to fetch. Memory grows with the number of objects only.
 *
 * @param image the name of the file without .xml
 * @param size the size of the image, {@link ImageSize#UNKNOWN} if the file has none
 * @param boxes the objects
 */
record VocAnnotation(String image, ImageSize size, List<TruthBox> boxes) {

  private static final int LONGEST_DECLARATION = 256;
  private static final Pattern ENCODING =
      Pattern.compile("<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([^\"']+)[\"']");

  /** Reads a file. */
  static VocAnnotation read(Path file, Outside outside) throws IOException {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      // decoded here, because the parser of the JDK prints a line when it meets a broken encoding
      Charset charset = charset(file, bytes);
      return new Parser(file, outside, charset)
          .parse(new InputStreamReader(bytes, charset.newDecoder()));
    }
  }

  /** As the first bytes say: a byte order mark, zeros of UTF-16, or the XML declaration. */
  private static Charset charset(Path file, InputStream bytes) throws IOException {
    bytes.mark(LONGEST_DECLARATION);
    byte[] start = bytes.readNBytes(LONGEST_DECLARATION);
    bytes.reset();
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00EF\u00BB\u00BF")) {
      bytes.skipNBytes(3);
      return StandardCharsets.UTF_8;
    } else if (text.startsWith("\u00FE\u00FF") || text.startsWith("\u00FF\u00FE")) {
      return StandardCharsets.UTF_16; // which reads the mark
    } else if (text.startsWith("\0<")) {
      return StandardCharsets.UTF_16BE;
    } else if (text.startsWith("<\0")) {
      return StandardCharsets.UTF_16LE;
    }
    Matcher declared = ENCODING.matcher(text);
    if (!declared.lookingAt()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(declared.group(1));
    } catch (IllegalArgumentException e) {
      throw new FileFormatException(
          file, 1, "is in the encoding " + quoted(declared.group(1)) + ", which is not known");
    }
  }

  /** Reads elements, each known by its path from the root. */
  private static final class Parser {
    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 10_000;

    private final Path file;
    private final Outside outside;
    private final Charset charset;
    private final Deque<String> path = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> fields = new HashMap<>(); // of the object being read
    private final Map<String, String> sizes = new HashMap<>();
    private final List<UncheckedObject> objects = new ArrayList<>();
    private long line;

    /** An object whose box is checked when the size of the image is known: it may stand later. */
    private record UncheckedObject(long line, String category, boolean difficult, Box box) {}

    Parser(Path file, Outside outside, Charset charset) {
      this.file = file;
      this.outside = outside;
      this.charset = charset;
    }

    VocAnnotation parse(Reader characters) throws FileFormatException {
      try {
        XMLStreamReader xml = factory().createXMLStreamReader(characters);
        while (xml.hasNext()) {
          int event = xml.next();
          line = xml.getLocation().getLineNumber();
          accept(event, xml);
        }
      } catch (XMLStreamException e) {
        if (e.getNestedException() instanceof CharacterCodingException) {
          throw new FileFormatException(file, Math.max(line, 1), "is not " + charset);
        }
        long at = e.getLocation() == null ? line : e.getLocation().getLineNumber();
        throw new FileFormatException(file, Math.max(at, 1), "is not well-formed XML");
      } catch (RuntimeException e) {
        // the parser of the JDK lets some of its own slip through on broken encodings
        throw new FileFormatException(file, Math.max(line, 1), "is not well-formed XML");
      }
      return annotation();
    }

    private static XMLInputFactory factory() {
      XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
      return factory;
    }

    private void accept(int event, XMLStreamReader xml) throws FileFormatException {
      switch (event) {
        case XMLStreamConstants.DTD ->
            throw problem("has a document type definition, which annotations do not need");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw problem("refers to the entity " + quoted(String.valueOf(xml.getLocalName())));
        case XMLStreamConstants.START_ELEMENT -> start(xml.getLocalName());
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (text.length() + xml.getTextLength() > LONGEST_TEXT) {
            throw problem("has a text of more than " + LONGEST_TEXT + " characters");
          }
          text.append(xml.getText());
        }
        case XMLStreamConstants.END_ELEMENT -> end();
        default -> {}
      }
    }

    private void start(String name) throws FileFormatException {
      if (path.isEmpty() && !name.equals("annotation")) {
        throw problem("begins with the element " + quoted(name) + ", not 'annotation'");
      }
      if (path.size() == DEEPEST) {
        throw problem("is nested more than " + DEEPEST + " deep");
      }
      path.addLast(name);
      text.setLength(0);
      if (path.size() == 2 && name.equals("object")) {
        fields.clear();
      }
    }

    private void end() throws FileFormatException {
      String value = text.toString().strip();
      text.setLength(0);
      // parts of an object have names and boxes of their own, one level deeper
      switch (String.join("/", path)) {
        case "annotation/size/width", "annotation/size/height" -> sizes.put(path.getLast(), value);
        case "annotation/object/name",
            "annotation/object/difficult",
            "annotation/object/bndbox/xmin",
            "annotation/object/bndbox/ymin",
            "annotation/object/bndbox/xmax",
            "annotation/object/bndbox/ymax" -> {
          if (fields.put(path.getLast(), value) != null) {
            throw problem("gives " + path.getLast() + " of an object twice");
          }
        }
        case "annotation/object" -> object();
        default -> {}
      }
      path.removeLast();
    }

    private void object() throws FileFormatException {
      String category = fields.get("name");
      if (category == null || category.isEmpty()) {
        throw problem("has an object without a name");
      }
      String difficult = fields.getOrDefault("difficult", "0");
      if (!difficult.isEmpty() && !difficult.equals("0") && !difficult.equals("1")) {
        throw problem("difficult is " + quoted(difficult) + ", must be 0 or 1");
      }
      try {
        Box box =
            Box.ofCorners(
                coordinate("xmin"), coordinate("ymin"), coordinate("xmax"), coordinate("ymax"));
        objects.add(new UncheckedObject(line, category, difficult.equals("1"), box));
      } catch (IllegalArgumentException e) {
        throw problem(String.valueOf(e.getMessage()));
      }
    }

    private double coordinate(String name) throws FileFormatException {
      String value = fields.get(name);
      if (value == null) {
        throw problem("has an object without " + name);
      }
      double number = TextFile.parse(value);
      if (!Double.isFinite(number)) {
        throw problem(name + " " + quoted(value) + " is not a finite number");
      }
      return number;
    }

    private VocAnnotation annotation() throws FileFormatException {
      String image = Folders.stem(file);
      ImageSize size = size();
      List<TruthBox> boxes = new ArrayList<>();
      for (UncheckedObject object : objects) {
        try {
          Box box = size.truth(object.box, outside);
          boxes.add(new TruthBox(image, object.category, box, object.difficult, false, box.area()));
        } catch (IllegalArgumentException e) {
          throw new FileFormatException(file, object.line, String.valueOf(e.getMessage()));
        }
      }
      return new VocAnnotation(image, size, boxes);
    }

    private ImageSize size() throws FileFormatException {
      double width = TextFile.parse(sizes.getOrDefault("width", ""));
      double height = TextFile.parse(sizes.getOrDefault("height", ""));
      // annotation tools write 0 x 0 for images they have not opened
      if (sizes.isEmpty() || (width == 0 && height == 0)) {
        return ImageSize.UNKNOWN;
      }
      if (!(width > 0 && height > 0)) {
        throw new FileFormatException(file, "gives the image size as " + sizes);
      }
      return new ImageSize(width, height);
    }

    private FileFormatException problem(String problem) {
      return new FileFormatException(file, Math.max(line, 1), problem);
    }
  }
}
