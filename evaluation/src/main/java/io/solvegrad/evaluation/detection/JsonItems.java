package io.solvegrad.evaluation.detection;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.solvegrad.evaluation.detection.JsonItem.Whole;
import io.solvegrad.evaluation.file.FileFormatException;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the lists in a JSON file, one after the other. Nested objects and lists of
 * anything but numbers are skipped, so segmentations take no memory.
 */
final class JsonItems implements Closeable {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final int LONGEST_LIST = 16;

  private final Path file;
  private final JsonParser json;

  /** Takes one object. */
  @FunctionalInterface
  interface Reader {
    void read(JsonItem item) throws FileFormatException;
  }

  private interface Step<T> {
    T take() throws IOException;
  }

  JsonItems(Path file) throws IOException {
    this.file = file;
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      this.json = JSON.createParser(in); // which looks at the first bytes for the encoding
    } catch (IOException e) {
      in.close();
      throw e instanceof CharConversionException
          ? new FileFormatException(file, 1, "is not valid UTF-8")
          : e;
    }
  }

  /**
   * Reads an object whose members are lists of objects; members without a reader are skipped, those
   * with one must be there.
   */
  void members(Map<String, Reader> readers) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    Set<String> missing = new TreeSet<>(readers.keySet());
    while (next() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      Reader reader = readers.get(name);
      next();
      missing.remove(name);
      if (reader == null) {
        guarded(json::skipChildren);
      } else {
        items(name, reader);
      }
    }
    end();
    if (!missing.isEmpty()) {
      throw problem("has no list " + String.join(", ", missing));
    }
  }

  /** Reads a list of objects. */
  void list(Reader reader) throws IOException {
    next();
    items("result", reader);
    end();
  }

  private void items(String list, Reader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw problem(list + " is not a list");
    }
    for (int i = 0; next() != JsonToken.END_ARRAY; i++) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw problem(list + " " + i + " is not an object");
      }
      reader.read(new JsonItem(file, line(), list + " " + i, values()));
    }
  }

  private Map<String, Object> values() throws IOException {
    Map<String, Object> values = new HashMap<>();
    while (next() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      next();
      Object value = value();
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }

  private @Nullable Object value() throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        guarded(json::skipChildren);
        yield null;
      }
      case START_ARRAY -> numbers();
      case VALUE_NUMBER_INT -> new Whole(guarded(json::getText));
      case VALUE_NUMBER_FLOAT -> guarded(json::getDoubleValue);
      case VALUE_STRING -> guarded(json::getText);
      case VALUE_TRUE -> 1.0;
      case VALUE_FALSE -> 0.0;
      default -> null;
    };
  }

  /** A short list of numbers; null, but read to its end, if it is another one. */
  private @Nullable List<Object> numbers() throws IOException {
    List<Object> numbers = new ArrayList<>(4);
    boolean plain = true;
    while (next() != JsonToken.END_ARRAY) {
      JsonToken token = json.currentToken();
      plain &= token.isNumeric() && numbers.size() < LONGEST_LIST;
      Object value = plain ? value() : null;
      if (value != null) {
        numbers.add(value);
      } else if (token.isStructStart()) {
        guarded(json::skipChildren);
      }
    }
    return plain ? numbers : null;
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (next() != token) {
      throw problem("does not begin with " + what);
    }
  }

  private void end() throws IOException {
    if (guarded(json::nextToken) != null) {
      throw problem("goes on after its end");
    }
  }

  private JsonToken next() throws IOException {
    JsonToken token = guarded(json::nextToken);
    if (token == null) {
      throw problem("ends too early");
    }
    return token;
  }

  /** What the parser objects to, said as every reader says it. */
  private <T> T guarded(Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (JsonProcessingException e) {
      throw problem("is not valid JSON: " + shown(e.getOriginalMessage()));
    } catch (CharConversionException e) {
      throw problem("is not valid UTF-8");
    }
  }

  private static String shown(@Nullable String message) {
    return quoted(String.valueOf(message).replaceFirst(": enable `.*", "")); // its own settings
  }

  private FileFormatException problem(String problem) {
    return new FileFormatException(file, line(), problem);
  }

  private long line() {
    JsonLocation location = json.currentLocation();
    return Math.max(1, location.getLineNr());
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
