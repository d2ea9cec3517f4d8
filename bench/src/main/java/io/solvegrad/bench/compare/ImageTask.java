package io.solvegrad.bench.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import io.solvegrad.evaluation.retrieval.RetrievalResult;
import io.solvegrad.example.BadInputException;
import io.solvegrad.example.training.Budget;
import io.solvegrad.retrieval.HeldOutEvaluation;
import io.solvegrad.retrieval.RetrieveCommand;
import io.solvegrad.retrieval.RetrieveOptions;
import io.solvegrad.retrieval.data.ClassSplit;
import io.solvegrad.retrieval.data.ImageCollection;
import io.solvegrad.retrieval.loss.LossSettings;
import io.solvegrad.retrieval.training.RetrievalTraining;
import io.solvegrad.retrieval.training.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The embedding of {@code retrieve} on images. The split seed decides which half of the classes are
 * test classes, in all runs, unless a collection says so itself; the seed of a run, which of the
 * others are validation classes.
 */
final class ImageTask implements Task {
  private static final List<RetrievalMetric> METRICS =
      List.of(RetrievalMetric.hitRate(1), RetrievalMetric.hitRate(10), RetrievalMetric.mapAtR());

  private final String data;
  private final double validation;
  private final long splitSeed;
  private final int threads;
  private final ClassSplit halves;
  private final @Nullable String digest;

  ImageTask(String data, double validation, long splitSeed, int threads) {
    this.data = data;
    this.validation = validation;
    this.splitSeed = splitSeed;
    this.threads = threads;
    halves = RetrieveCommand.split(data, splitSeed);
    // The icons belong to the program.
    digest = data.equals(RetrieveCommand.ICONS) ? null : digest(halves);
  }

  private static String digest(ClassSplit split) {
    Fingerprint fingerprint = new Fingerprint();
    for (ImageCollection side : List.of(split.train(), split.heldOut())) {
      fingerprint.add(side.classIds()).add(side.sourceIds());
      for (int i = 0; i < side.size(); i++) {
        fingerprint.add(side.bytes(i));
      }
    }
    return fingerprint.text();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("data", data);
    if (digest != null) {
      settings.put("digest", digest);
    }
    settings.put("images", Integer.toString(halves.train().size() + halves.heldOut().size()));
    settings.put("validation", Double.toString(validation));
    settings.put("splitSeed", Long.toString(splitSeed));
    settings.put("threads", Integer.toString(threads));
    return settings;
  }

  @Override
  public List<String> metrics() {
    return METRICS.stream().map(RetrievalMetric::name).toList();
  }

  @Override
  public String primary() {
    return METRICS.getFirst().name();
  }

  @Override
  public String defaultVariants() {
    return "images.txt";
  }

  @Override
  public List<String> mostTelling() {
    return List.of(
        "rambo-recall-loglog",
        "rambo-ap-32",
        "smooth-ap",
        "recall-surrogate",
        "supervised-contrastive",
        "triplet");
  }

  @Override
  public LossSettings loss(Variant variant) {
    return parse(variant, 1, 1).loss();
  }

  @Override
  public String model(Variant variant) {
    Settings settings = parse(variant, 0, 1);
    return "%d images, %d numbers, %d batches remembered"
        .formatted(settings.batch(), settings.dimension(), settings.memory());
  }

  @Override
  public String describe(Variant variant) {
    try {
      return JsonMapper.builder().build().writeValueAsString(parse(variant, 0, 1));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("settings cannot be written", e);
    }
  }

  private Settings parse(Variant variant, long seed, long steps) {
    try {
      return RetrieveOptions.parse(
          variant.options(), seed, threads, new Budget(Budget.Unit.STEPS, steps));
    } catch (BadInputException e) {
      throw new BadInputException("Variant '%s': %s".formatted(variant.name(), e.getMessage()), e);
    }
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public String groups() {
    return "classes";
  }

  @Override
  public boolean unitVectors() {
    return true;
  }

  @Override
  public Trial start(Variant variant, long seed, long steps) {
    ClassSplit inner = ClassSplit.of(halves.train(), 1 - validation, seed);
    RetrievalTraining training = new RetrievalTraining(parse(variant, seed, steps), inner.train());
    return new ImageTrial(training, inner.heldOut());
  }

  private final class ImageTrial implements Trial {
    private final RetrievalTraining training;
    private final ImageCollection validationImages;

    ImageTrial(RetrievalTraining training, ImageCollection validationImages) {
      this.training = training;
      this.validationImages = validationImages;
    }

    @Override
    public double step() {
      return training.step().zeroGradients();
    }

    @Override
    public double lossSeconds() {
      return training.lossSeconds();
    }

    @Override
    public Quality validation() {
      return measure(validationImages);
    }

    @Override
    public Quality test() {
      return measure(halves.heldOut());
    }

    private Quality measure(ImageCollection images) {
      RetrievalResult result =
          new HeldOutEvaluation(images, threads).result(training.embed(images), METRICS);
      Map<String, Double> values = new LinkedHashMap<>();
      result.metrics().forEach(metric -> values.put(metric, result.mean(metric)));
      double[] sums = new double[result.counts().length];
      for (int c = 0; c < sums.length; c++) {
        sums[c] = result.sums()[c][0];
      }
      return new Quality(values, sums, result.counts());
    }

    @Override
    public void freeze() {
      training.freeze();
    }

    @Override
    public void close() {
      training.close();
    }
  }
}
