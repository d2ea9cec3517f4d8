package io.solvegrad.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a training writes its progress, and how often: files {@code step-000000100.checkpoint} in a
 * folder of any file system that Hadoop knows, written beside and then renamed, so that each is
 * whole. The newest two stay.
 *
 * @param folder a path or URL; made if it is missing
 * @param every after how many steps, at least 1; always after the last
 */
public record Checkpoints(String folder, int every) {
  private static final Pattern NAME = Pattern.compile("step-(\\d{9})\\.checkpoint");
  private static final int KEPT = 2;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1, or the folder has no name
   */
  public Checkpoints {
    if (every < 1 || folder.isBlank()) {
      throw new IllegalArgumentException(
          "checkpoints cannot be written to '%s' every %d steps".formatted(folder, every));
    }
  }

  /** A file and the step after which it was written. */
  private record Found(Path file, int step) {}

  private List<Found> found(FileSystem files) throws IOException {
    try {
      return Arrays.stream(files.listStatus(new Path(folder)))
          .filter(FileStatus::isFile)
          .map(FileStatus::getPath)
          .flatMap(path -> {
            Matcher name = NAME.matcher(path.getName());
            return name.matches()
                ? Optional.of(new Found(path, Integer.parseInt(name.group(1)))).stream()
                : Optional.<Found>empty().stream();
          })
          .sorted(Comparator.comparingInt(Found::step))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private FileSystem files(Configuration configuration) throws IOException {
    return new Path(folder).getFileSystem(configuration);
  }

  /**
   * The newest progress.
   *
   * @return nothing if there is none
   * @throws IllegalArgumentException if the newest is damaged or of another training
   */
  Optional<HeadProgress> newest(Configuration configuration, HeadProgress.Identity wanted) {
    try {
      FileSystem files = files(configuration);
      List<Found> all = found(files);
      if (all.isEmpty()) {
        return Optional.empty();
      }
      Path file = all.getLast().file();
      byte[] bytes;
      try (var in = files.open(file)) {
        bytes = in.readAllBytes();
      }
      try {
        return Optional.of(HeadProgress.of(bytes, wanted));
      } catch (IOException e) {
        throw new IllegalArgumentException("checkpoint %s %s".formatted(file, e.getMessage()), e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoints in " + folder + " cannot be read", e);
    }
  }

  void save(Configuration configuration, HeadProgress progress) {
    try {
      FileSystem files = files(configuration);
      Path target = new Path(folder, "step-%09d.checkpoint".formatted(progress.adam().steps()));
      Path beside = new Path(folder, "." + target.getName() + ".part");
      files.mkdirs(new Path(folder));
      try (OutputStream out = files.create(beside, true)) {
        out.write(progress.toBytes());
      }
      files.delete(target, false);
      if (!files.rename(beside, target)) {
        throw new IOException("%s cannot be renamed to %s".formatted(beside, target));
      }
      List<Found> all = found(files);
      for (Found old : all.subList(0, Math.max(0, all.size() - KEPT))) {
        files.delete(old.file(), false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a checkpoint cannot be written to " + folder, e);
    }
  }
}
