package io.solvegrad.evaluation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.solvegrad.evaluation.collection.ImageCollection;
import io.solvegrad.evaluation.detection.CocoFiles;
import io.solvegrad.evaluation.detection.ImageSize.Outside;
import io.solvegrad.evaluation.detection.TextBoxes;
import io.solvegrad.evaluation.detection.VocFiles;
import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.IdxFile;
import io.solvegrad.evaluation.file.NpyBytes;
import io.solvegrad.evaluation.file.NpyFile;
import io.solvegrad.evaluation.ranking.LibsvmFiles;
import io.solvegrad.evaluation.ranking.TrecFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Every format that the module reads, with a small valid file, for tests of damaged ones. */
final class Formats {
  private Formats() {}

  /** Reads a file. */
  interface Reader {
    Object read(Path file) throws IOException;
  }

  /**
   * A format.
   *
   * @param name of the file below the folder
   * @param valid what a reader takes
   */
  record Format(String name, byte[] valid, Reader reader) {

    /** Reads bytes; tells whether they were refused by a sentence that names the file. */
    boolean refuses(Path folder, byte[] bytes) throws IOException {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      // A new file: some file systems wait for the disk where an old one is cut and rewritten.
      Files.deleteIfExists(file);
      Files.write(file, bytes);
      try {
        reader.read(file);
        return false;
      } catch (FileFormatException e) {
        assertTrue(
            e.getMessage().contains(name) || e.getMessage().contains("" + file.getParent()),
            e.getMessage());
        return true;
      }
    }
  }

  /** All of them, those that need a second file in a folder. */
  static List<Format> in(Path folder) throws IOException {
    String qrels = "# judged\n1 0 a 1\n1 0 b 0\n2 0 é -1\n\n2 0 d 3\n";
    String run = "1 Q0 a 1 0.5 x\n1 Q0 b 2 0.25 x\n2 Q0 d 1 -1e3 x more\n";
    String libsvm = "2 qid:1 1:0.5 7:1e-3 # first\n0 qid:1 2:1\n\n1 qid:x\n";
    String boxes = "dog 1 2 30 40\ncat 5 6 7 8 difficult\n";
    String detections = "dog 0.9 1 2 30 40\ncat .5 5 6 7 8\n";
    String xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <annotation><filename>a.jpg</filename><size><width>100</width><height>80</height></size>
        <object><name>dog</name><difficult>0</difficult><part><name>head</name><bndbox><xmin>1</xmin>
        </bndbox></part><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>30</xmax><ymax>40</ymax></bndbox>
        </object><object><name>caf\u00e9</name><difficult>1</difficult><bndbox><xmin>5.5</xmin>
        <ymin>6</ymin><xmax>7</xmax><ymax>8</ymax></bndbox></object></annotation>
        """;
    String instances =
        """
        {"info": {"year": 2014}, "images": [{"id": 1, "width": 100, "height": 80, "file_name": "a"},
        {"id": 2}], "annotations": [{"id": 7, "image_id": 1, "category_id": 3, "iscrowd": 0,
        "area": 12.5, "bbox": [1, 2, 30.5, 40], "segmentation": [[1, 2, 3.5, 4]]},
        {"id": 8, "image_id": 2, "category_id": 3, "iscrowd": 1, "bbox": [0, 0, 1, 1],
        "segmentation": {"counts": [1, 2], "size": [3, 4]}}], "categories": [{"id": 3, "name": "dog"}]}
        """;
    String results =
        "[{\"image_id\": 1, \"category_id\": 3, \"bbox\": [1, 2, 3.25, 4e0], \"score\": 0.5}]";
    String cases =
        """
        {"cases": [{"id": "a", "group": "ranx", "op": "map@5", "inputs": {"qrels": {"q": {"d": 1}},
        "run": {"q": {"d": 0.5, "e": 1}}}, "params": {}, "expected": 0.5, "tolerance": 1e-9},
        {"id": "b", "group": "sklearn", "op": "ndcg_score", "inputs": {"labels": [[1, 0]],
        "scores": [[1, 2]], "list_weights": [2]}, "params": {"topn": 1}, "expected": 0,
        "tolerance": 1}, {"id": "c", "group": "detection", "op": "AP 11-point", "inputs":
        {"tp_in_confidence_order": [1, 0], "n_positives": 2}, "params": {}, "expected": 0.5},
        {"id": "d", "group": "retrieval-eval", "op": "accuracy_calculator", "inputs": {"embeddings":
        [[1, 2], [3, 4]], "labels": [1, 1]}, "params": {"k": 1}, "expected": {"r_precision": 1},
        "tolerance": 1}, {"id": "e", "group": "retrieval-eval", "op": "[MAP, MRR]", "inputs":
        {"query_labels": [1], "knn_labels": [[0, 1]], "class_counts": {"1": 1}}, "params": {},
        "expected": [0.5, 0.5], "tolerance": 1}]}
        """;
    Path truthFile = Files.writeString(folder.resolve("truth.json"), instances);
    CocoFiles.Instances truth = CocoFiles.readTruth(truthFile, Outside.REJECT);
    String shop =
        "2\nimage_name item_id evaluation_status\nimg/a.jpg id_1 train\nimg/b.jpg id_2 query\n";
    TextBoxes text = new TextBoxes(TextBoxes.Format.LTRB, false, null, Outside.REJECT);
    byte[] npy = NpyBytes.floats("(3, 2)", 1, 2, 3, 4, 5, 6);
    byte[] idx = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 200};
    return List.of(
        new Format("qrels.txt", bytes(qrels), TrecFiles::readQrels),
        new Format("run.txt", bytes(run), TrecFiles::readRun),
        new Format("data.libsvm", bytes(libsvm), LibsvmFiles::readLabels),
        new Format("rows.libsvm", bytes(libsvm), LibsvmFiles::readRows),
        new Format("scores.txt", bytes("0.5\n-1e3\n7\n"), LibsvmFiles::readScores),
        new Format("boxes/a.txt", bytes(boxes), file -> text.readTruth(file.getParent())),
        new Format("found/a.txt", bytes(detections), file -> text.readDetections(file.getParent())),
        new Format(
            "voc/a.xml",
            bytes(xml),
            file -> VocFiles.readTruth(file.getParent(), null, Outside.REJECT)),
        new Format(
            "vocfound/comp3_det_val_dog.txt",
            bytes("1 0.5 1 2 3 4\n2 .25 5 6 7 8\n"),
            file -> VocFiles.readDetections(file.getParent(), truth.set(), Outside.REJECT)),
        new Format(
            "instances.json", bytes(instances), file -> CocoFiles.readTruth(file, Outside.REJECT)),
        new Format(
            "results.json",
            bytes(results),
            file -> CocoFiles.readDetections(file, truth, Outside.REJECT)),
        new Format("x.npy", npy, NpyFile::readFloats),
        new Format("labels.npy", npy, NpyFile::readIntegers),
        new Format("x-idx2-ubyte", idx, IdxFile::read),
        new Format("labels.txt", bytes("a\nb\n\u00e9\n"), file -> new IdNumbers().read(file)),
        new Format("embeddings", npy, IdNumbers::readMatrix),
        new Format(
            "shop/list_eval_partition.txt",
            bytes(shop),
            file -> ImageCollection.readInShop(file.getParent())),
        new Format(
            "sop/Ebay_test.txt",
            bytes("image_id class_id super_class_id path\n1 1 1 a/b.jpg\n2 1 1 a/c.jpg\n"),
            file -> {
              Files.writeString(file.resolveSibling("Ebay_train.txt"), "heading\n");
              return ImageCollection.readProducts(file.getParent());
            }),
        new Format(
            "cub/images.txt",
            bytes("1 001.a/b.jpg\n2 002.c/d.jpg\n"),
            file -> {
              Files.writeString(file.resolveSibling("image_class_labels.txt"), "1 1\n2 2\n");
              return ImageCollection.readCub(file.getParent());
            }),
        new Format(
            "cublabels/image_class_labels.txt",
            bytes("1 1\n2 2\n3 2\n"),
            file -> {
              Files.writeString(file.resolveSibling("images.txt"), "1 a/b.jpg\n2 c/d.jpg\n");
              return ImageCollection.readCub(file.getParent());
            }),
        new Format(
            "sizes/data.query",
            bytes("2\n1\n"),
            file -> {
              Path data = file.resolveSibling("data");
              Files.writeString(data, "1 1:0.5\n0 1:1\n2 1:3\n");
              return LibsvmFiles.readLabels(data);
            }),
        new Format(
            "devkit/ImageSets/Main/val.txt",
            bytes("a\nb  1\n"),
            file -> {
              Path kit = folder.resolve("devkit");
              Files.createDirectories(kit.resolve("Annotations"));
              Files.writeString(kit.resolve("Annotations/a.xml"), "<annotation/>");
              Files.writeString(kit.resolve("Annotations/b.xml"), "<annotation/>");
              return VocFiles.readTruth(kit, "val", Outside.REJECT);
            }),
        new Format("ignored.txt", bytes("0 1 2\n3 5\n"), file -> IdNumbers.readIgnored(file, 4, 9)),
        new Format("cases.json", bytes(cases), file -> SelfTest.run(List.of(file))));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
