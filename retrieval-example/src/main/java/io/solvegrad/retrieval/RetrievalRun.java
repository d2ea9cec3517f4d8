package io.solvegrad.retrieval;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.example.AtomicFiles;
import io.solvegrad.example.training.Budget;
import io.solvegrad.example.training.TrainingSession;
import io.solvegrad.retrieval.data.ImageCollection;
import io.solvegrad.retrieval.loss.LossSettings;
import io.solvegrad.retrieval.report.Gallery;
import io.solvegrad.retrieval.report.HitRates;
import io.solvegrad.retrieval.report.RetrievalReport;
import io.solvegrad.retrieval.report.TrainingCurve;
import io.solvegrad.retrieval.training.RetrievalTraining;
import io.solvegrad.retrieval.training.Settings;
import io.solvegrad.retrieval.training.TrainingPoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains, and writes down what came of it. */
final class RetrievalRun {
  private static final ObjectWriter JSON =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
  private static final int GALLERY_QUERIES = 24;
  private static final int GALLERY_NEIGHBOURS = 5;

  private final PrintStream out;
  private final Path folder;
  private final String data;
  private final String credits;
  private final HeldOutEvaluation evaluation;
  private final String measured;

  RetrievalRun(
      PrintStream out,
      Path folder,
      String data,
      String credits,
      HeldOutEvaluation evaluation,
      String measured) {
    this.out = out;
    this.folder = folder;
    this.data = data;
    this.credits = credits;
    this.evaluation = evaluation;
    this.measured = measured;
  }

  /** What the trainings of this run have in common. */
  TrainingSession session() {
    return new TrainingSession(out, folder, data, "retrieve");
  }

  /** Trains to the end of the budget, or to a given step; says whether the budget was used up. */
  boolean train(RetrievalTraining training, long stopAfter) throws IOException {
    MovingMeans means = new MovingMeans();
    return session()
        .train(
            training,
            stopAfter,
            () -> {
              means.add(training.step());
              return means.toString();
            });
  }

  /** Writes results.json, the curve and the report. */
  void report(
      RetrievalTraining training,
      HitRates raw,
      HitRates untrained,
      float[] untrainedEmbeddings,
      double seconds)
      throws IOException {
    float[] embeddings = training.embed(evaluation.images());
    HitRates trained = evaluation.measure("trained net", embeddings);
    print(trained);
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("command", "retrieve");
    results.put("data", data);
    results.put("measured", measured);
    results.put(measured + "Images", evaluation.images().size());
    results.put(measured + "Classes", evaluation.images().classCount());
    results.put("rawPixels", json(raw));
    results.put("untrained", json(untrained));
    results.put("trained", json(trained));
    results.put("seconds", seconds);
    results.put("trainingSeconds", training.seconds());
    results.put("steps", training.steps());
    results.put("seed", training.settings().seed());
    results.put("settings", training.settings());
    AtomicFiles.write(
        folder.resolve("results.json"), file -> file.write(JSON.writeValueAsBytes(results)));
    new RetrievalReport(
            "Icon retrieval trained by a ranking loss",
            summary(training, raw, trained),
            List.of(raw, untrained, trained),
            curve(training.course()),
            gallery(untrainedEmbeddings, embeddings, training.settings().seed()),
            describe(training))
        .write(folder);
    out.printf(
        Locale.ROOT, "%.0f seconds in all. Look at %s%n", seconds, folder.resolve("report.html"));
  }

  void print(HitRates rates) {
    out.printf(
        Locale.ROOT,
        "%-14s  hit rate@1 %.3f   @10 %.3f   @100 %.3f%n",
        rates.name(),
        rates.at1(),
        rates.at10(),
        rates.at100());
  }

  static Map<String, Double> json(HitRates rates) {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put("hitRate@1", rates.at1());
    map.put("hitRate@10", rates.at10());
    map.put("hitRate@100", rates.at100());
    return map;
  }

  private String summary(RetrievalTraining training, HitRates raw, HitRates trained) {
    return String.format(
        Locale.ROOT,
        "%d steps in %.0f seconds of training on %s. Of %d images of %d classes that were not seen in"
            + " training, %.1f %% have an image of their class from another source nearest; with raw"
            + " pixels it is %.1f %%.",
        training.steps(),
        training.seconds(),
        data,
        evaluation.images().size(),
        evaluation.images().classCount(),
        100 * trained.at1(),
        100 * raw.at1());
  }

  private static TrainingCurve curve(List<TrainingPoint> course) {
    return new TrainingCurve(
        "steps",
        course.stream().map(p -> new TrainingCurve.Point(p.step(), p.loss())).toList(),
        course.stream().map(p -> new TrainingCurve.Point(p.step(), p.batchHitRate())).toList());
  }

  private Gallery gallery(float[] before, float[] after, long seed) {
    ImageCollection images = evaluation.images();
    int[] queries = Gallery.pickQueries(images, GALLERY_QUERIES, seed);
    List<List<Integer>> first = evaluation.nearest(before, queries, GALLERY_NEIGHBOURS);
    List<List<Integer>> second = evaluation.nearest(after, queries, GALLERY_NEIGHBOURS);
    List<Gallery.Query> shown = new ArrayList<>();
    for (int i = 0; i < queries.length; i++) {
      shown.add(new Gallery.Query(queries[i], first.get(i), second.get(i)));
    }
    return new Gallery(images, "untrained net", "trained net", shown, credits);
  }

  private Map<String, String> describe(RetrievalTraining training) {
    Settings settings = training.settings();
    Budget budget = settings.budget();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("data", data);
    LossSettings loss = settings.loss();
    rows.put("loss", loss.loss().toString());
    rows.put("lambda", loss.lambda() == null ? "none" : loss.lambda().toString());
    rows.put("margin", loss.margin() + " (cosine)");
    rows.put("noise", loss.noise() + " (cosine), " + loss.rankings() + " rankings a step");
    rows.put("memory", settings.memory() + " batches");
    rows.put("batch", settings.batch() + " images, " + settings.perClass() + " of a class");
    rows.put("embedding", settings.dimension() + " numbers");
    rows.put("learning rate", settings.learningRate() + ", one cycle");
    rows.put("weight decay", Double.toString(settings.weightDecay()));
    rows.put("augmentation", "strength " + settings.augmentation());
    rows.put("budget", budget.amount() + " " + budget.unit().toString().toLowerCase(Locale.ROOT));
    rows.put("seed", Long.toString(settings.seed()));
    rows.put("threads", Integer.toString(settings.threads()));
    return rows;
  }
}
