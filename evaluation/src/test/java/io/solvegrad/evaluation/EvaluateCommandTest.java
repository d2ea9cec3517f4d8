package io.solvegrad.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.solvegrad.evaluation.file.NpyBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
  @TempDir private Path folder;

  private record Run(int code, String out, String errors) {}

  /** Runs the command; words that begin with @ are names in the folder. */
  private Run run(String words) {
    String[] arguments =
        Arrays.stream(words.strip().split("\\s+"))
            .filter(word -> !word.isEmpty())
            .map(word -> word.startsWith("@") ? folder.resolve(word.substring(1)).toString() : word)
            .toArray(String[]::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int code =
        EvaluateCommand.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            arguments);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
  }

  private JsonNode json(String words) throws IOException {
    Run run = run(words + " --json");
    assertEquals("", run.errors);
    assertEquals(0, run.code);
    return new ObjectMapper().readTree(run.out);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** One sentence, exit code 2, nothing on standard output. */
  private void assertRefused(String words, String... mentions) {
    Run run = run(words);
    assertEquals("", run.out, words);
    assertEquals(1, run.errors.lines().count(), run.errors);
    for (String mention : mentions) {
      assertTrue(run.errors.contains(mention), run.errors);
    }
    assertEquals(2, run.code, run.errors);
  }

  private void writeTrec() throws IOException {
    write("qrels", "# a comment\n1 0 a 1\n1 0 b 0\n2 0 c 2\n2 0 d 1\n3 0 e 1\n4 0 f 0\n");
    // query 1: b ties with a, and the greater document stands first; query 3 is missing; 9 unjudged
    write(
        "run",
        "1 Q0 a 1 0.5 x\n1 Q0 b 2 0.5 x\n2 Q0 d 1 3 x\n2 Q0 c 2 2 x\n4 Q0 f 1 1 x\n9 Q0 a 1 1 x\n");
  }

  @Test
  void evaluatesTrecRunsByTrecEvalsRules() throws IOException {
    writeTrec();
    JsonNode json = json("--qrels @qrels --run @run");
    assertEquals(29, json.get("metrics").size());
    assertEquals(3, json.at("/metrics/num_q").asDouble());
    assertEquals((0.5 + 1 + 0) / 3, json.at("/metrics/map").asDouble(), 1e-12);
    assertEquals((0.5 + 1 + 0) / 3, json.at("/metrics/recip_rank").asDouble(), 1e-12);
    assertEquals(3 / 5.0 / 3, json.at("/metrics/P_5").asDouble(), 1e-12);
    JsonNode complete = json("--qrels @qrels --run @run --complete --metrics map,ndcg@1");
    assertEquals(1.5 / 4, complete.at("/metrics/map").asDouble(), 1e-12);
    assertEquals(0.5 / 4, complete.at("/metrics/ndcg@1").asDouble(), 1e-12);
    JsonNode index = json("--qrels @qrels --run @run --ties index --metrics map --per-query");
    assertEquals(1, index.at("/perQuery/1/map").asDouble());
    JsonNode averaged = json("--qrels @qrels --run @run --ties averaged --metrics map --per-query");
    assertEquals(0.75, averaged.at("/perQuery/1/map").asDouble());
    JsonNode level =
        json("--qrels @qrels --run @run --relevance-level 2 --metrics map --empty skip");
    assertEquals(0.5, level.at("/metrics/map").asDouble());
    Run table = run("--qrels @qrels --run @run --metrics map,num_q --per-query");
    assertTrue(table.out.contains("map          0.5000"), table.out);
    assertTrue(table.out.contains("num_q             3"), table.out);
    assertTrue(table.out.contains("1 queries of the run are not judged"), table.out);
  }

  @Test
  void knowsTheFurtherOptionsOfTrecEval() throws IOException {
    write("qrels", "1 0 a 1.0\n1 0 b 0\n1 0 c 2\n");
    write("run", "1 Q0 x 1 4 r\r\n1\tQ0  b 2 3 r\r\n1 Q0 a 3 2 r\r\n1 Q0 c 4 1 r\r\n");
    JsonNode all = json("--qrels @qrels --run @run --metrics all_trec");
    assertEquals(97, all.get("metrics").size());
    assertEquals((1 / 3.0 + 2 / 4.0) / 2, all.at("/metrics/map").asDouble(), 1e-12);
    JsonNode judged = json("--qrels @qrels --run @run --metrics map --judged-only");
    assertEquals((1 / 2.0 + 2 / 3.0) / 2, judged.at("/metrics/map").asDouble(), 1e-12);
    JsonNode first = json("--qrels @qrels --run @run --metrics map --judged-only --depth 3");
    assertEquals(1 / 4.0, first.at("/metrics/map").asDouble(), 1e-12);
    assertRefused("--qrels @qrels --run @run --depth 0", "--depth 0");
  }

  @Test
  void evaluatesLibsvmDataWithScores() throws IOException {
    write("data", "2 qid:7 1:0.5 # best\n0 qid:7 1:0.1\n1 qid:8 3:1\n0 qid:9 1:1\n");
    write("scores", "0.1\n0.2\n1\n\n5\n");
    JsonNode json = json("--libsvm @data --scores @scores --per-query");
    double ndcg = 1 / (Math.log(3) / Math.log(2));
    assertEquals(ndcg, json.at("/perQuery/7/ndcg_burges").asDouble(), 1e-12);
    assertEquals((ndcg + 1) / 2, json.at("/metrics/ndcg_burges").asDouble(), 1e-12);
    assertEquals("9", json.at("/queriesWithoutRelevant/0").asText());
    JsonNode one = json("--libsvm @data --scores @scores --empty one --metrics ndcg_burges");
    assertEquals((ndcg + 2) / 3, one.at("/metrics/ndcg_burges").asDouble(), 1e-12);
    // without qid, as LightGBM has it
    write("plain", "2 1:0.5\n0 1:0.1\n1 3:1\n0 1:1\n");
    write("plain.query", "2\n2\n");
    JsonNode plain = json("--libsvm @plain --scores @scores --per-query --metrics ndcg_burges");
    assertEquals(ndcg, plain.at("/perQuery/1/ndcg_burges").asDouble(), 1e-12);
    assertEquals(ndcg, plain.at("/perQuery/2/ndcg_burges").asDouble(), 1e-12);
  }

  private void writeEmbeddings() throws IOException {
    Files.write(folder.resolve("x.npy"), NpyBytes.floats("(4, 2)", 1, 0, 0.9, 0.1, 0, 1, 0.5, -1));
    write("x.txt", "cat\ncat\ndog\nbird\n");
    Files.write(folder.resolve("g.npy"), NpyBytes.floats("(3, 2)", 0, 2, 1, 1, 3, 0));
    write("g.txt", "dog\ndog\ncat\n");
  }

  @Test
  void evaluatesEmbeddings() throws IOException {
    writeEmbeddings();
    JsonNode within = json("--embeddings @x.npy --labels @x.txt --per-query");
    assertEquals("[2,3]", within.get("loneQueries").toString());
    assertEquals(2, within.get("evaluated").asInt());
    assertEquals(1, within.at("/metrics/hitRate@1").asDouble());
    assertEquals(1, within.at("/intervals/hitRate@1/0").asDouble());
    assertEquals(2, within.get("perQuery").size());
    assertTrue(run("--embeddings @x.npy --labels @x.txt").out.startsWith("metric "), "no heading");
    assertTrue(run("--embeddings @x.npy --labels @x.txt").out.contains(" 95 % from "));
    JsonNode against =
        json("--embeddings @x.npy --labels @x.txt --gallery @g.npy --gallery-labels @g.txt");
    assertEquals(3, against.get("evaluated").asInt());
    assertEquals(1, against.at("/metrics/mAP").asDouble());
    JsonNode chosen =
        json(
            "--embeddings @x.npy --labels @x.txt --metrics recall@1,P@1 --similarity euclidean"
                + " --ties pessimistic --threads 1 --confidence 0.9 --seed 7");
    assertEquals(2, chosen.get("metrics").size());
    write("ignored.txt", "1 0\n0 2 3\n");
    JsonNode ignored = json("--embeddings @x.npy --labels @x.txt --ignored @ignored.txt");
    assertEquals("[1,2,3]", ignored.get("loneQueries").toString());
    write("ignored.txt", "0 1\n0 9\n");
    assertRefused(
        "--embeddings @x.npy --labels @x.txt --ignored @ignored.txt", "ignored.txt, line 2", "9");
    // the two cats have one source, so neither is a candidate of the other
    write("s.txt", "a\na\nb\nc\n");
    assertRefused(
        "--embeddings @x.npy --labels @x.txt --sources @s.txt", "no query has a candidate");
  }

  @Test
  void embeddingsWhoseProductsUnderflowAreRefused() throws IOException {
    Files.write(
        folder.resolve("x.npy"), NpyBytes.floats("(4, 2)", 1e-30, 0, 1e-30, 0, 0, 1e-30, 0, 1e-30));
    write("x.txt", "0\n0\n1\n1\n");
    String words = "--embeddings @x.npy --labels @x.txt --metrics hitRate@1";
    assertEquals(1, json(words).at("/metrics/hitRate@1").asDouble(), "by cosine");
    assertRefused(words + " --similarity dot_product", "query 0", "1.0E-30", "scale", "cosine");
    assertRefused(words + " --similarity euclidean", "query 0", "1.0E-30", "scale", "cosine");
  }

  /** MNIST's own layout: magic number, sizes, bytes. */
  @Test
  void evaluatesIdxFiles() throws IOException {
    Files.write(
        folder.resolve("images"),
        new byte[] {0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 2, 9, 1, 8, 1, 0, 5});
    Files.write(folder.resolve("labels"), new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 7, 7, 1});
    JsonNode json = json("--embeddings @images --labels @labels");
    assertEquals(2, json.get("evaluated").asInt());
    assertEquals(1, json.at("/metrics/hitRate@1").asDouble());
    assertRefused("--embeddings @images --labels @images", "images", "2 dimensions");
  }

  @Test
  void evaluatesACollectionByItsProtocol() throws IOException {
    writeEmbeddings();
    write("sop/Ebay_train.txt", "image_id class_id super_class_id path\n1 1 1 t/a.jpg\n");
    write(
        "sop/Ebay_test.txt",
        "image_id class_id super_class_id path\n1 5 1 t/a.jpg\n2 5 1 t/b.jpg\n3 6 1 t/c.jpg\n4 6 1 t/d.jpg\n");
    JsonNode json = json("--embeddings @x.npy --protocol sop --data @sop");
    assertEquals(4, json.get("evaluated").asInt());
    assertEquals(0.5, json.at("/metrics/hitRate@1").asDouble());
    assertTrue(json.get("metrics").has("hitRate@1000"));
    assertRefused("--embeddings @g.npy --protocol sop --data @sop", "g.npy", "3 rows", "4 labels");
    assertRefused("--embeddings @x.npy --protocol imagenet --data @sop", "imagenet");
    assertRefused("--embeddings @x.npy --protocol in-shop --data @sop", "list_eval_partition.txt");
  }

  private void writeBoxes() throws IOException {
    write("truth/a.txt", "dog 10 10 20 20\n");
    write("truth/b.txt", "cat 1 1 5 5\ndog 30 30 40 40 difficult\n");
    write("found/a.txt", "dog .9 10 10 20 20\ndog .8 11 10 20 20\n");
    write("found/b.txt", "dog .7 30 30 40 40\nfox .5 1 1 2 2\n");
  }

  @Test
  void evaluatesDetectionsInText() throws IOException {
    writeBoxes();
    JsonNode json = json("--truth @truth --detections @found --format ltrb --curves");
    assertEquals(0.5, json.at("/metrics/mAP").asDouble());
    assertEquals(1, json.at("/categories/dog/AP").asDouble());
    assertEquals(0, json.at("/categories/cat/AP").asDouble());
    assertEquals("[1.0,0.5]", json.at("/categories/dog/precision").toString());
    assertTrue(json.get("notes").toString().contains("fox"));
    JsonNode coco = json("--truth @truth --detections @found --format ltrb --rules coco");
    assertEquals(0.5, coco.at("/metrics/AP").asDouble());
    JsonNode chosen =
        json("--truth @truth --detections @found --format ltrb --metrics map11 --iou 0.7");
    assertEquals("{\"mAP11\":0.5}", chosen.get("metrics").toString());
    // relative boxes have pixels as soon as the image has a size
    String relative = "--truth @truth --detections @found --format ltrb --relative";
    write("truth/a.txt", "dog .1 .1 .2 .2\n");
    write("truth/b.txt", "");
    write("found/a.txt", "dog .9 .1 .1 .2 .2\n");
    write("found/b.txt", "");
    assertEquals("continuous", json(relative).get("pixels").asText());
    assertEquals("inclusive", json(relative + " --image-size 100x100").get("pixels").asText());
    writeBoxes();
    Run table = run("--truth @truth --detections @found --format ltrb");
    assertTrue(table.out.contains("mean         0.5000"), table.out);
  }

  @Test
  void evaluatesVocAndCocoFiles() throws IOException {
    String object =
        "<object><name>dog</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax>"
            + "</bndbox></object>";
    String size = "<size><width>20</width><height>20</height></size>";
    write("voc/Annotations/a.xml", "<annotation>" + size + object + "</annotation>");
    write("voc/Annotations/b.xml", "<annotation>" + object + size + "</annotation>");
    write("voc/ImageSets/Main/val.txt", "a\n");
    write("devkit/comp4_det_val_dog.txt", "a 0.5 1 1 9 9\n");
    JsonNode all = json("--truth @voc --detections @devkit --format voc");
    assertEquals(0.5, all.at("/metrics/mAP").asDouble());
    JsonNode set = json("--truth @voc --detections @devkit --format voc --image-set val");
    assertEquals(1, set.at("/metrics/mAP").asDouble());
    write("text/a.txt", "dog 0.5 1 1 8 8\n");
    JsonNode mixed = json("--truth @voc --detections @text --format voc --detections-format xywh");
    assertEquals(0.5, mixed.at("/metrics/mAP").asDouble());
    write(
        "instances.json",
        """
        {"images": [{"id": 1, "width": 20, "height": 20}], "categories": [{"id": 3, "name": "dog"}],
         "annotations": [{"id": 0, "image_id": 1, "category_id": 3, "bbox": [1, 1, 8, 8], "area": 50,
         "iscrowd": 0}]}
        """);
    write(
        "results.json",
        "[{\"image_id\": 1, \"category_id\": 3, \"bbox\": [1, 1, 8, 8], \"score\": 0.5}]");
    JsonNode coco = json("--truth @instances.json --detections @results.json --format coco");
    assertEquals(1, coco.at("/metrics/AP").asDouble(), 1e-12);
    assertEquals(-1, coco.at("/metrics/APlarge").asDouble());
    JsonNode at =
        json("--truth @instances.json --detections @results.json --format coco --iou 0.5");
    assertEquals(1, at.at("/metrics/AP").asDouble(), 1e-12);
  }

  @Test
  void listedImagesAreEvaluatedAlone() throws IOException {
    writeBoxes();
    write("list", "a\r\n\n");
    String text = "--truth @truth --detections @found --format ltrb";
    JsonNode one = json(text + " --images @list");
    assertEquals("1 1 2", counts(one));
    assertEquals(1, one.at("/metrics/mAP").asDouble()); // the cat of b is in no mean
    write("list", "b\na\n");
    assertEquals(json(text), json(text + " --images @list"));
    for (String bad : new String[] {"", "a\nc\n", "a\na\n"}) {
      write("list", bad);
      assertRefused(text + " --images @list", bad.isEmpty() ? "no image" : "list, line 2");
    }
    write(
        "instances.json",
        """
        {"images": [{"id": 9}, {"id": 10}], "categories": [{"id": 3, "name": "dog"}],
         "annotations": [{"id": 1, "image_id": 9, "category_id": 3, "bbox": [1, 1, 8, 8]},
         {"id": 2, "image_id": 10, "category_id": 3, "bbox": [1, 1, 8, 8]}]}
        """);
    write(
        "results.json",
        "[{\"image_id\": 10, \"category_id\": 3, \"bbox\": [1, 1, 8, 8], \"score\": 0.5}]");
    String coco = "--truth @instances.json --detections @results.json --format coco";
    assertEquals(51 / 101.0, json(coco).at("/metrics/AP").asDouble(), 1e-12);
    write("list", "10\n");
    assertEquals(1, json(coco + " --images @list").at("/metrics/AP").asDouble(), 1e-12);
    write("list", "9\n");
    JsonNode nothingFound = json(coco + " --images @list");
    assertEquals("1 1 0", counts(nothingFound));
    assertEquals(0, nothingFound.at("/metrics/AP").asDouble());
  }

  private static String counts(JsonNode json) {
    return json.get("images") + " " + json.get("trueBoxes") + " " + json.get("detections");
  }

  @Test
  void outputThatCannotBeWrittenIsAnError() throws IOException {
    writeTrec();
    for (String options : new String[] {"", " --json", " --per-query"}) {
      ByteArrayOutputStream errors = new ByteArrayOutputStream();
      PrintStream full =
          new PrintStream(
              new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                  throw new IOException("No space left on device");
                }
              },
              true,
              StandardCharsets.UTF_8);
      String words =
          "--qrels %s --run %s".formatted(folder.resolve("qrels"), folder.resolve("run"));
      int code =
          EvaluateCommand.run(
              full,
              new PrintStream(errors, true, StandardCharsets.UTF_8),
              (words + options).split(" "));
      assertEquals(2, code);
      assertTrue(errors.toString(StandardCharsets.UTF_8).contains("cannot be written"));
    }
  }

  @Test
  void runsTheCasesThatShipWithIt() {
    Run run = run("--selftest");
    assertEquals(0, run.code, run.out);
    assertTrue(run.out.contains("cases agree"), run.out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--qrels @qrels",
        "--run @run",
        "--libsvm @run --scores @run --qrels @qrels",
        "--embeddings @x.npy",
        "--embeddings @x.npy --labels @x.txt --gallery @g.npy",
        "--embeddings @x.npy --labels @x.txt --data @truth",
        "--truth @truth --detections @found",
        "--truth @truth --detections @found --format pdf",
        "--truth @truth --detections @found --format ltrb --iou 0",
        "--truth @truth --detections @found --format ltrb --iou NaN",
        "--truth @truth --detections @found --format ltrb --iou half",
        "--truth @truth --detections @found --format coco --detections-format ltrb",
        "--truth @truth --detections @found --format ltrb --metrics recall",
        "--truth @truth --detections @found --format ltrb --per-query",
        "--truth @truth --detections @found --format ltrb --curves",
        "--truth @truth --detections @found --format ltrb --image-size huge",
        "--truth @truth --detections @found --format ltrb --image-set val",
        "--truth @truth --detections @nowhere --format ltrb",
        "--truth @truth --detections @qrels --format ltrb",
        "--qrels @qrels --run @run --iou 0.5",
        "--qrels @qrels --run @run --metrics recal@5",
        "--qrels @qrels --run @run --ties moon",
        "--qrels @qrels --run @run --relevance-level NaN",
        "--qrels @nowhere --run @run",
        "--libsvm @qrels --scores @run --judged-only",
        "--qrels @truth --run @run",
        "--embeddings @x.npy --labels @x.txt --threads 0",
        "--embeddings @x.npy --labels @x.txt --threads many",
        "--embeddings @x.npy --labels @x.txt --confidence 1",
        "--embeddings @x.npy --labels @x.txt --metrics MAP@Q",
        "--embeddings @x.npy --labels @x.txt --metrics recall@-1",
        "--embeddings @x.npy --labels @x.txt --metrics hitRate@1_0",
        "--qrels @qrels --run @run --metrics rbp(2)",
        "--truth @truth --detections @found --format ltrb --images @nowhere",
        "--embeddings @x.npy --labels @x.txt --ties averaged",
        "--embeddings @x.npy --labels @g.txt",
        "--embeddings @x.txt --labels @x.txt",
        "--embeddings @x.npy --labels @x.npy",
        "--selftest --qrels @qrels",
        "--selftest --cases @qrels",
        "--cases @qrels",
        "--unknown",
        "stray"
      })
  void badOptionsAreOneSentence(String words) throws IOException {
    writeTrec();
    writeEmbeddings();
    writeBoxes();
    assertRefused(words);
  }

  @Test
  void badFilesAreNamedWithLineAndValue() throws IOException {
    writeTrec();
    write("bad", "1 Q0 a\n");
    assertRefused("--qrels @qrels --run @bad", "bad, line 1", "3 fields");
    write("bad", "1 Q0 a 1 0.5 x\n1 Q0 a 2 0.4 x\n");
    assertRefused("--qrels @qrels --run @bad", "bad, line 2", "'a'", "again");
    write("bad", "1 Q0 a 1 NaN x\n");
    assertRefused("--qrels @qrels --run @bad", "bad, line 1", "'NaN'");
    write("bad", "1 0 a 1.5\n");
    assertRefused("--qrels @bad --run @run", "bad, line 1", "'1.5'");
    Files.write(
        folder.resolve("bad"), new byte[] {'1', ' ', '0', ' ', (byte) 0xff, ' ', '1', '\n'});
    assertRefused("--qrels @bad --run @run", "bad, line 1", "UTF-8");
    write("bad", "1 qid:1 1:0.5\n1 qid:2 1:0.5\n1 qid:1 1:0.5\n");
    write("three", "1\n2\n3\n");
    assertRefused("--libsvm @bad --scores @three", "bad, line 3", "'1'");
    write("good", "1 qid:1 1:0.5\n");
    assertRefused("--libsvm @good --scores @three", "3 scores for 1 lines");
    write("elsewhere", "77 Q0 a 1 0.5 x\n");
    assertRefused("--qrels @qrels --run @elsewhere", "elsewhere");
    writeBoxes();
    write("truth/b.txt", "cat nan 1 5 5\n");
    assertRefused("--truth @truth --detections @found --format ltrb", "b.txt, line 1", "'nan'");
    write("truth/b.txt", "cat 5 5 1 1\n");
    assertRefused("--truth @truth --detections @found --format ltrb", "b.txt, line 1", "negative");
    write("truth/b.txt", "cat -50 1 5 5\n");
    assertRefused("--truth @truth --detections @found --format ltrb", "b.txt, line 1", "outside");
    write("truth/b.txt", "cat 1 1 500 5\n");
    assertRefused(
        "--truth @truth --detections @found --format ltrb --image-size 100x100", "outside");
    assertEquals(
        0,
        run("--truth @truth --detections @found --format ltrb --image-size 100x100 --outside clip")
            .code);
    write("truth/a.txt", "cat 0.5 0.5 0.6 0.6\n");
    write("truth/b.txt", "cat 0.5 0.5 2 0.6\n");
    assertRefused(
        "--truth @truth --detections @found --format ltrb --relative", "b.txt, line 1", "outside");
  }
}
