package io.solvegrad.evaluation;

import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.IdxFile;
import io.solvegrad.evaluation.file.NpyFile;
import io.solvegrad.evaluation.file.NpyFile.Matrix;
import io.solvegrad.evaluation.file.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Numbers for the names of classes or sources, the same name the same number in every file. */
final class IdNumbers {
  private final Map<String, Integer> numbers = new HashMap<>();

  int number(String name) {
    return numbers.computeIfAbsent(name, key -> numbers.size());
  }

  /** Reads names: one a line, or the integers of a .npy or IDX file. */
  int[] read(Path file) throws IOException {
    return switch (kind(file)) {
      case NPY ->
          Arrays.stream(NpyFile.readIntegers(file))
              .mapToInt(value -> number(Long.toString(value)))
              .toArray();
      case IDX -> {
        IdxFile idx = IdxFile.read(file);
        if (idx.sizes().length != 1) {
          throw new FileFormatException(
              file, "has " + idx.sizes().length + " dimensions, labels have one");
        }
        yield IntStream.range(0, idx.values().length)
            .map(i -> number(Integer.toString(Byte.toUnsignedInt(idx.values()[i]))))
            .toArray();
      }
      case OTHER -> readLines(file);
    };
  }

  private int[] readLines(Path file) throws IOException {
    IntStream.Builder read = IntStream.builder();
    try (TextFile text = new TextFile(file)) {
      for (String line = text.next(); line != null; line = text.next()) {
        String name = line.strip();
        if (name.isEmpty()) {
          throw text.problem("is empty, must hold a label");
        }
        read.add(number(name));
      }
    }
    return read.build().toArray();
  }

  /** Reads lines of a query's row and the rows that it ignores; a query may have several lines. */
  static int[][] readIgnored(Path file, int queries, int gallery) throws IOException {
    List<SortedSet<Integer>> lists = new ArrayList<>();
    for (int q = 0; q < queries; q++) {
      lists.add(new TreeSet<>());
    }
    try (TextFile text = new TextFile(file)) {
      for (List<String> fields = text.nextFields(); fields != null; fields = text.nextFields()) {
        int query = row(text, fields.getFirst(), queries);
        for (String field : fields.subList(1, fields.size())) {
          lists.get(query).add(row(text, field, gallery));
        }
      }
    }
    return lists.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private static int row(TextFile text, String field, int count) throws FileFormatException {
    int row = text.integer(field, "row");
    if (row < 0 || row >= count) {
      throw text.problem("row " + row + " is not among " + count + " rows");
    }
    return row;
  }

  /** Reads embeddings from a .npy or IDX file. */
  static Matrix readMatrix(Path file) throws IOException {
    return switch (kind(file)) {
      case NPY -> NpyFile.readFloats(file);
      case IDX -> IdxFile.read(file).toFloats();
      case OTHER ->
          throw new FileFormatException(
              file, "is neither a .npy nor an IDX file. Maybe it is compressed?");
    };
  }

  private enum Kind {
    NPY,
    IDX,
    OTHER
  }

  private static Kind kind(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileFormatException(file, "is a folder, not a file");
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      int first = bytes.read();
      return first == 0x93 ? Kind.NPY : first == 0 ? Kind.IDX : Kind.OTHER;
    }
  }
}
