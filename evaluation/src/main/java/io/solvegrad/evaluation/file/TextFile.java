package io.solvegrad.evaluation.file;

import static io.solvegrad.evaluation.file.FileFormatException.quoted;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A UTF-8 text file, line by line, with the checks that every line-based reader needs.
 *
 * <p>Lines end with LF or CR LF; a byte order mark at the start is skipped. Memory: one line, at
 * most 16 MiB long. Not thread-safe.
 */
public final class TextFile implements Closeable {
  private static final int LONGEST_LINE = 1 << 24;
  private static final String BLANKS = " \t\r\f\u000b";

  private final Path file;
  private final InputStream bytes;
  private byte[] buffer = new byte[256];
  private long line;

  /**
   * Opens a file.
   *
   * @param file the file
   * @throws IOException if it cannot be opened
   */
  public TextFile(Path file) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    this.file = file;
    if (Files.isDirectory(file)) {
      throw new FileFormatException(file, "is a folder, not a text file");
    }
    this.bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  /**
   * The next line without its end, or null after the last.
   *
   * @return the line
   * @throws FileFormatException if the line is not UTF-8, holds a NUL or is longer than 16 MiB
   * @throws IOException if reading fails
   */
  public @Nullable String next() throws IOException {
    line++;
    int length = 0;
    boolean ascii = true;
    int b = bytes.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = bytes.read()) {
      if (b == 0) {
        throw problem("holds a NUL byte, so this is no text file");
      }
      if (length == LONGEST_LINE) {
        throw problem("is longer than " + LONGEST_LINE + " bytes");
      }
      if (length == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * length);
      }
      ascii &= b < 0x80;
      buffer[length++] = (byte) b;
    }
    return withoutMarks(ascii ? ascii(length) : decoded(length));
  }

  private String ascii(int length) {
    return new String(buffer, 0, length, StandardCharsets.US_ASCII);
  }

  private String decoded(int length) throws FileFormatException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(buffer, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw problem(
          quoted(new String(buffer, 0, length, StandardCharsets.UTF_8)) + " is not UTF-8");
    }
  }

  private String withoutMarks(String text) {
    int start = line == 1 && text.startsWith("\uFEFF") ? 1 : 0;
    int end = text.endsWith("\r") ? text.length() - 1 : text.length();
    return text.substring(start, end);
  }

  /**
   * The fields of the next line that has any, or null after the last line.
   *
   * @return the fields, separated by spaces or tabs, at least one
   * @throws IOException as {@link #next}
   */
  public @Nullable List<String> nextFields() throws IOException {
    for (String text = next(); text != null; text = next()) {
      List<String> fields = fields(text);
      if (!fields.isEmpty()) {
        return fields;
      }
    }
    return null;
  }

  /**
   * The fields of a text.
   *
   * @param text any text
   * @return what stands between spaces and tabs
   */
  public static List<String> fields(String text) {
    Objects.requireNonNull(text, "text must not be null");
    List<String> fields = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(text, BLANKS);
    while (tokens.hasMoreTokens()) {
      fields.add(tokens.nextToken());
    }
    return fields;
  }

  /**
   * A finite number.
   *
   * @param text its digits, in the usual decimal notation
   * @param what what the number is, for the message
   * @return the number
   * @throws FileFormatException if the text is no finite decimal number
   */
  public double number(String text, String what) throws FileFormatException {
    Objects.requireNonNull(text, "text must not be null");
    Objects.requireNonNull(what, "what must not be null");
    double value = parse(text);
    if (!Double.isFinite(value)) {
      throw problem(what + " " + quoted(text) + " is not a finite number");
    }
    return value;
  }

  /**
   * A decimal number, NaN if the text is none. Unlike {@link Double#parseDouble} it refuses
   * hexadecimal digits, suffixes, NaN and Infinity.
   *
   * @param text the digits
   * @return the number, NaN if there is none
   */
  public static double parse(String text) {
    Objects.requireNonNull(text, "text must not be null");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * An integer of 32 bits.
   *
   * @param text its digits
   * @param what what the number is, for the message
   * @return the number
   * @throws FileFormatException if the text is no such integer
   */
  public int integer(String text, String what) throws FileFormatException {
    Objects.requireNonNull(text, "text must not be null");
    Objects.requireNonNull(what, "what must not be null");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw problem(what + " " + quoted(text) + " is not an integer");
    }
  }

  /**
   * A problem at the line that was read last.
   *
   * @param problem what is wrong
   * @return the exception, to be thrown
   */
  public FileFormatException problem(String problem) {
    Objects.requireNonNull(problem, "problem must not be null");
    return new FileFormatException(file, line, problem);
  }

  /**
   * The number of the line that was read last.
   *
   * @return the number, from 1
   */
  public long line() {
    return line;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
