package io.solvegrad.example.training;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A zip file of named parts whose checksums are compared on reading, which {@link ZipFile} leaves
 * out.
 *
 * @param file the zip file; every part had its right checksum when {@link #open} returned
 */
public record CheckedZip(Path file) {
  private static final long LARGEST_PART = 1L << 30;

  /** Writes one part of the file. */
  @FunctionalInterface
  public interface Part {
    /**
     * Writes everything.
     *
     * @param out takes the part; closing it does nothing
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Opens a file and compares all checksums.
   *
   * @param file what {@link #write} has filled
   * @return the file
   * @throws IOException if it is missing, no zip file or damaged; the message is the end of a
   *     sentence
   */
  public static CheckedZip open(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        read(zip, entries.nextElement().getName());
      }
    }
    return new CheckedZip(file);
  }

  /**
   * Reads a part.
   *
   * @param name its name
   * @return its bytes; closing is not needed
   * @throws IOException if there is no such part, or its checksum is wrong
   */
  public DataInputStream part(String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new DataInputStream(new ByteArrayInputStream(read(zip, name)));
    }
  }

  private static byte[] read(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it has no part named " + name);
    }
    if (entry.getSize() > LARGEST_PART) {
      throw new IOException("its part " + name + " is too large");
    }
    CRC32 checksum = new CRC32();
    byte[] content;
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
      content = in.readAllBytes();
    }
    if (checksum.getValue() != entry.getCrc()) {
      throw new IOException("the checksum of its part " + name + " is wrong");
    }
    return content;
  }

  /**
   * Adds a part to a file. The bytes depend on the content alone, not on the time.
   *
   * @param zip the file
   * @param name name of the part
   * @param part writes it
   * @throws IOException if it cannot be written
   */
  public static void write(ZipOutputStream zip, String name, Part part) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    part.writeTo(
        new FilterOutputStream(zip) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
          }

          @Override
          public void close() {}
        });
    zip.closeEntry();
  }
}
