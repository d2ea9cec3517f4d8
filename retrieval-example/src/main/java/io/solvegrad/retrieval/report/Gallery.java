package io.solvegrad.retrieval.report;

import io.solvegrad.example.RandomStream;
import io.solvegrad.retrieval.data.ImageCollection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Queries with their nearest images before and after training.
 *
 * @param images where all images are
 * @param before what ranks before training, for example untrained net
 * @param after what ranks after training, for example trained net
 * @param queries what to show
 * @param credits whom to thank for the images, may be empty
 */
public record Gallery(
    ImageCollection images, String before, String after, List<Query> queries, String credits) {

  /** Copies the list. */
  public Gallery {
    queries = List.copyOf(queries);
  }

  /**
   * One query.
   *
   * @param image the query image
   * @param before its nearest images before training, nearest first
   * @param after its nearest images after training, nearest first
   */
  public record Query(int image, List<Integer> before, List<Integer> after) {
    /** Copies the lists. */
    public Query {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /**
   * Picks images to show as queries: at random, so that the report does not flatter, of different
   * classes, and {@linkplain ImageCollection#publishable publishable}.
   *
   * @param images where to pick
   * @param count how many; fewer if there are not so many such classes
   * @param seed decides which
   * @return image indices in random order
   */
  public static int[] pickQueries(ImageCollection images, int count, long seed) {
    List<Integer> order =
        new ArrayList<>(
            IntStream.range(0, images.size()).filter(images::publishable).boxed().toList());
    Collections.shuffle(order, RandomStream.at(seed));
    Set<Integer> classes = new HashSet<>();
    return order.stream()
        .filter(image -> classes.add(images.classOf(image)))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Counts the neighbours that show the same thing as the query. */
  int right(Query query, List<Integer> neighbours) {
    return (int) neighbours.stream().filter(image -> isRight(query, image)).count();
  }

  boolean isRight(Query query, int neighbour) {
    return images.classOf(query.image()) == images.classOf(neighbour);
  }
}
