package io.solvegrad.evaluation;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.solvegrad.evaluation.Formats.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The readers under a fuzzer that looks which branches an input reaches. Without the profile fuzz
 * it reads the inputs that are kept, which are valid files and whatever once broke a reader.
 */
class GuidedFuzzTest {
  @TempDir private static Path folder;
  private static List<Format> formats = List.of();

  @BeforeAll
  static void prepare() throws IOException {
    formats = Formats.in(folder);
  }

  /** A file is read or refused by a sentence; anything else is a finding. */
  private static void read(String name, byte[] bytes) throws IOException {
    for (Format format : formats) {
      if (format.name().equals(name)) {
        format.refuses(folder, bytes);
        return;
      }
    }
    throw new AssertionError("no format " + name);
  }

  @FuzzTest
  void qrels(byte[] bytes) throws IOException {
    read("qrels.txt", bytes);
  }

  @FuzzTest
  void run(byte[] bytes) throws IOException {
    read("run.txt", bytes);
  }

  @FuzzTest
  void libsvmLabels(byte[] bytes) throws IOException {
    read("data.libsvm", bytes);
  }

  @FuzzTest
  void libsvmRows(byte[] bytes) throws IOException {
    read("rows.libsvm", bytes);
  }

  @FuzzTest
  void scores(byte[] bytes) throws IOException {
    read("scores.txt", bytes);
  }

  @FuzzTest
  void boxes(byte[] bytes) throws IOException {
    read("boxes/a.txt", bytes);
  }

  @FuzzTest
  void detections(byte[] bytes) throws IOException {
    read("found/a.txt", bytes);
  }

  @FuzzTest
  void vocTruth(byte[] bytes) throws IOException {
    read("voc/a.xml", bytes);
  }

  @FuzzTest
  void vocDetections(byte[] bytes) throws IOException {
    read("vocfound/comp3_det_val_dog.txt", bytes);
  }

  @FuzzTest
  void cocoTruth(byte[] bytes) throws IOException {
    read("instances.json", bytes);
  }

  @FuzzTest
  void cocoResults(byte[] bytes) throws IOException {
    read("results.json", bytes);
  }

  @FuzzTest
  void npyFloats(byte[] bytes) throws IOException {
    read("x.npy", bytes);
  }

  @FuzzTest
  void npyIntegers(byte[] bytes) throws IOException {
    read("labels.npy", bytes);
  }

  @FuzzTest
  void idx(byte[] bytes) throws IOException {
    read("x-idx2-ubyte", bytes);
  }

  @FuzzTest
  void labels(byte[] bytes) throws IOException {
    read("labels.txt", bytes);
  }

  @FuzzTest
  void embeddings(byte[] bytes) throws IOException {
    read("embeddings", bytes);
  }

  @FuzzTest
  void inShop(byte[] bytes) throws IOException {
    read("shop/list_eval_partition.txt", bytes);
  }

  @FuzzTest
  void products(byte[] bytes) throws IOException {
    read("sop/Ebay_test.txt", bytes);
  }

  @FuzzTest
  void cub(byte[] bytes) throws IOException {
    read("cub/images.txt", bytes);
  }

  @FuzzTest
  void cubLabels(byte[] bytes) throws IOException {
    read("cublabels/image_class_labels.txt", bytes);
  }

  @FuzzTest
  void sizes(byte[] bytes) throws IOException {
    read("sizes/data.query", bytes);
  }

  @FuzzTest
  void imageSet(byte[] bytes) throws IOException {
    read("devkit/ImageSets/Main/val.txt", bytes);
  }

  @FuzzTest
  void ignored(byte[] bytes) throws IOException {
    read("ignored.txt", bytes);
  }

  @FuzzTest
  void cases(byte[] bytes) throws IOException {
    read("cases.json", bytes);
  }
}
