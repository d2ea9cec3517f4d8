package io.solvegrad.evaluation;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.solvegrad.evaluation.Formats.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The readers under a fuzzer that looks which branches an input reaches, one test for each kind of
 * file: whoever reads such files gets every input. Without the profile fuzz it reads the inputs
 * that are kept, which are valid files and whatever once broke a reader.
 */
class GuidedFuzzTest {
  @TempDir private static Path folder;
  private static final Map<String, Format> NAMED = new HashMap<>();

  @BeforeAll
  static void prepare() throws IOException {
    Formats.in(folder).forEach(format -> NAMED.put(format.name(), format));
  }

  /** A file is read or refused by a sentence; anything else is a finding. */
  private static void read(byte[] bytes, String... names) throws IOException {
    for (String name : names) {
      NAMED.get(name).refuses(folder, bytes);
    }
  }

  @FuzzTest
  void trec(byte[] bytes) throws IOException {
    read(bytes, "qrels.txt", "run.txt");
  }

  @FuzzTest
  void libsvm(byte[] bytes) throws IOException {
    read(bytes, "data.libsvm", "rows.libsvm");
  }

  @FuzzTest
  void lines(byte[] bytes) throws IOException {
    read(bytes, "scores.txt", "sizes/data.query", "ignored.txt", "labels.txt");
  }

  @FuzzTest
  void boxes(byte[] bytes) throws IOException {
    read(bytes, "boxes/a.txt", "found/a.txt");
  }

  @FuzzTest
  void vocTruth(byte[] bytes) throws IOException {
    read(bytes, "voc/a.xml");
  }

  @FuzzTest
  void vocLists(byte[] bytes) throws IOException {
    read(bytes, "vocfound/comp3_det_val_dog.txt", "devkit/ImageSets/Main/val.txt");
  }

  @FuzzTest
  void cocoTruth(byte[] bytes) throws IOException {
    read(bytes, "instances.json");
  }

  @FuzzTest
  void cocoResults(byte[] bytes) throws IOException {
    read(bytes, "results.json");
  }

  @FuzzTest
  void npy(byte[] bytes) throws IOException {
    read(bytes, "x.npy", "labels.npy", "embeddings", "labels.txt");
  }

  @FuzzTest
  void idx(byte[] bytes) throws IOException {
    read(bytes, "x-idx2-ubyte", "embeddings", "labels.txt");
  }

  @FuzzTest
  void cases(byte[] bytes) throws IOException {
    read(bytes, "cases.json");
  }

  @FuzzTest
  void collections(byte[] bytes) throws IOException {
    read(
        bytes,
        "shop/list_eval_partition.txt",
        "sop/Ebay_test.txt",
        "cub/images.txt",
        "cublabels/image_class_labels.txt");
  }
}
