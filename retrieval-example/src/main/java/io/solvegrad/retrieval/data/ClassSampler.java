package io.solvegrad.retrieval.data;

import io.solvegrad.example.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Says which images a training step sees: m of each of many classes, so that every image has
 * relevant company in its batch.
 *
 * <p>An epoch is a random order of all classes, each with m images of its own (all of them where it
 * has fewer), laid end to end and cut into batches; the last batch is filled up from the start of
 * the same epoch. So every class comes once before any comes again, apart from that filling, and no
 * image is twice in a batch. A class that a cut separates is split over both batches. Within a
 * class images are taken at random, but a source is not used twice before all were used once.
 *
 * <p>The batch is a pure function of seed and step. Immutable and thread-safe.
 */
public final class ClassSampler {
  private final int[][] imagesOf;
  private final int[] sources;
  private final int perClass;
  private final int batchSize;
  private final int slots;
  private final long seed;

  /**
   * Prepares the batches of a collection.
   *
   * @param images what to draw from
   * @param batchSize images per batch; smaller batches result when an epoch holds fewer
   * @param perClass m, at least 2
   * @param seed decides all batches
   */
  public ClassSampler(ImageCollection images, int batchSize, int perClass, long seed) {
    if (perClass < 2) {
      throw new IllegalArgumentException(
          "perClass is " + perClass + "; with less than 2 an image has nothing to find");
    }
    if (batchSize < 2L * perClass) {
      throw new IllegalArgumentException(
          "batchSize is " + batchSize + ", less than two classes of " + perClass);
    }
    if (images.classCount() == 0) {
      throw new IllegalArgumentException("images is empty");
    }
    imagesOf =
        IntStream.range(0, images.classCount()).mapToObj(images::imagesOf).toArray(int[][]::new);
    sources = images.sourceIds();
    this.perClass = perClass;
    slots = Arrays.stream(imagesOf).mapToInt(of -> Math.min(perClass, of.length)).sum();
    this.batchSize = Math.min(batchSize, slots);
    this.seed = seed;
  }

  /**
   * Returns the number of images of every batch.
   *
   * @return at most the batch size asked for
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Returns the number of steps that see every class once.
   *
   * @return batches per epoch
   */
  public int stepsPerEpoch() {
    return (slots + batchSize - 1) / batchSize;
  }

  /**
   * Returns the images of a step. Costs a shuffle of all classes.
   *
   * @param step number of the step, from 0
   * @return {@link #batchSize} distinct image indices, those of a class side by side; a fresh array
   */
  public int[] batch(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("step is " + step + ", less than 0");
    }
    long epoch = step / stepsPerEpoch();
    List<Integer> order = new ArrayList<>(IntStream.range(0, imagesOf.length).boxed().toList());
    Collections.shuffle(order, RandomStream.at(seed, epoch));
    int start = (int) (step % stepsPerEpoch()) * batchSize;
    int end = start + batchSize; // beyond the last slot it goes on at slot 0
    int[] batch = new int[batchSize];
    int slot = 0; // the first one of a class
    for (int classId : order) {
      int next = slot + Math.min(perClass, imagesOf[classId].length);
      boolean ahead = slot < end && next > start;
      boolean wrapped = slot < end - slots;
      if (ahead || wrapped) {
        int[] chosen = choose(classId, epoch);
        for (int i = 0; i < chosen.length; i++) {
          int place = Math.floorMod(slot + i - start, slots);
          if (place < batchSize) {
            batch[place] = chosen[i];
          }
        }
      }
      slot = next;
    }
    return batch;
  }

  private int[] choose(int classId, long epoch) {
    SplittableRandom random = RandomStream.at(seed, epoch, classId);
    List<Integer> left = new ArrayList<>(Arrays.stream(imagesOf[classId]).boxed().toList());
    Collections.shuffle(left, random);
    int[] chosen = new int[Math.min(perClass, left.size())];
    Set<Integer> used = new HashSet<>();
    int count = 0;
    while (count < chosen.length) {
      used.clear();
      Iterator<Integer> images = left.iterator();
      while (images.hasNext() && count < chosen.length) {
        int image = images.next();
        if (used.add(sources[image])) {
          chosen[count++] = image;
          images.remove();
        }
      }
    }
    return chosen;
  }
}
