package io.solvegrad.rambo;

import io.solvegrad.file.FileReplacement;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Reads and writes memories in the format that the description of this package gives.
 *
 * <p>A reader gives up with a sentence at the first thing that does not fit, before it has made
 * room for more rows than the memory has itself.
 */
final class MemoryFile {
  private static final int MAGIC = 0x53474D45;
  private static final int VERSION = 1;

  private MemoryFile() {}

  /** What stands before the rows. */
  record Header(Kind kind, int bits, int capacity, int columns, int rows) {

    /** Refuses a property that differs from that of the memory. */
    void requireSame(String name, int own, int expected) throws IOException {
      if (own != expected) {
        throw new IOException(
            "%s of the saved memory is %d instead of %d".formatted(name, own, expected));
      }
    }
  }

  /** What a memory remembers. */
  enum Kind {
    EMBEDDINGS(1),
    SCORES(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static Kind of(int code) throws IOException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("kind of the saved memory is %d instead of 1 or 2".formatted(code));
    }
  }

  /** Writes the rows. */
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads the rows that a header announces, and returns what makes them the memory's content. */
  interface Reader {
    Runnable read(Header header, DataInputStream in) throws IOException;
  }

  /** Writes to a stream and leaves it open. */
  static void save(OutputStream out, Header header, Writer rows) throws IOException {
    Objects.requireNonNull(out, "out must not be null");
    CheckedOutputStream checked =
        new CheckedOutputStream(new BufferedOutputStream(out), new CRC32());
    DataOutputStream data = new DataOutputStream(checked);
    data.writeInt(MAGIC);
    data.writeInt(VERSION);
    data.writeInt(header.kind().code);
    data.writeInt(header.bits());
    data.writeInt(header.capacity());
    data.writeInt(header.columns());
    data.writeInt(header.rows());
    rows.write(data);
    data.writeLong(checked.getChecksum().getValue());
    data.flush();
  }

  /** Writes into a file that is whole at any time. */
  static void save(Path file, Header header, Writer rows) throws IOException {
    FileReplacement.write(file, out -> save(out, header, rows));
  }

  /** Reads exactly one memory from a stream and leaves it open. */
  static void load(InputStream in, Kind kind, Reader rows) throws IOException {
    Objects.requireNonNull(in, "in must not be null");
    read(in, kind, rows).run();
  }

  private static Runnable read(InputStream in, Kind kind, Reader rows) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
    DataInputStream data = new DataInputStream(checked);
    Runnable accept;
    try {
      int magic = data.readInt();
      if (magic != MAGIC) {
        throw new IOException(
            "this is no saved memory: it begins with %08x instead of %08x".formatted(magic, MAGIC));
      }
      int version = data.readInt();
      if (version != VERSION) {
        throw new IOException(
            "version of the saved memory is %d instead of %d".formatted(version, VERSION));
      }
      accept = rows.read(header(data, kind), data);
      long checksum = checked.getChecksum().getValue();
      if (checksum != data.readLong()) {
        throw new IOException("the saved memory is damaged: its checksum is wrong");
      }
    } catch (EOFException e) {
      throw new IOException("the saved memory is cut short: it ends before its checksum", e);
    }
    return accept;
  }

  private static Header header(DataInputStream data, Kind kind) throws IOException {
    Kind found = Kind.of(data.readInt());
    if (found != kind) {
      throw new IOException(
          "the saved memory holds %s instead of %s"
              .formatted(found, kind)
              .toLowerCase(Locale.ROOT));
    }
    Header header =
        new Header(kind, data.readInt(), data.readInt(), data.readInt(), data.readInt());
    if (header.bits() != Float.SIZE && header.bits() != Double.SIZE) {
      throw new IOException(
          "bits of the saved memory are %d instead of 32 or 64".formatted(header.bits()));
    }
    if (header.columns() < 0 || header.rows() < 0 || header.rows() > header.capacity()) {
      throw new IOException(
          "the saved memory has %d rows of %d columns and a capacity of %d"
              .formatted(header.rows(), header.columns(), header.capacity()));
    }
    return header;
  }

  /** Reads a file; the message of a failure names it. */
  static void load(Path file, Kind kind, Reader rows) throws IOException {
    Objects.requireNonNull(file, "file must not be null");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Runnable accept = read(in, kind, rows);
      if (in.read() >= 0) {
        throw new IOException("more follows after the saved memory");
      }
      accept.run();
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
