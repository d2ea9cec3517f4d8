package io.solvegrad.evaluation.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is relevant to a query and who is ignored, looked up in groups built once for the gallery.
 */
final class Candidates {
  private static final int[] NONE = {};
  private final RetrievalTask task;
  private final ItemGroups classes;
  private final @Nullable ItemGroups sources;

  Candidates(RetrievalTask task) {
    this.task = task;
    classes = new ItemGroups(task.gallery().classes());
    int[] sourceIds = task.gallery().sources();
    sources = sourceIds == null ? null : new ItemGroups(sourceIds);
  }

  /** The gallery items of the query's class that are not ignored, ascending. */
  int[] relevant(int query) {
    int group = classes.find(task.queries().classes()[query]);
    int[] found = Arrays.copyOfRange(classes.members(), classes.start(group), classes.end(group));
    int[] listed = listed(query);
    int count = 0;
    for (int item : found) {
      if (!isSelf(query, item)
          && !sameSource(query, item)
          && Arrays.binarySearch(listed, item) < 0) {
        found[count++] = item;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Cursors over the ignored items: the query itself, those of its source, the listed ones. */
  List<MemberCursor> ignoredBy(int query) {
    List<MemberCursor> cursors = new ArrayList<>(4);
    int[] listed = listed(query);
    cursors.add(new MemberCursor(listed, 0, listed.length));
    if (task.galleryStartsWithQueries()) {
      cursors.add(new MemberCursor(new int[] {query}, 0, 1));
    }
    int[] sourceIds = task.queries().sources();
    if (sources != null && sourceIds != null) {
      cursors.add(cursor(sources, sourceIds[query]));
    }
    return cursors;
  }

  /** Cursors over the ignored items and the whole class of the query. */
  List<MemberCursor> ignoredOrRelevantTo(int query) {
    List<MemberCursor> cursors = ignoredBy(query);
    cursors.add(cursor(classes, task.queries().classes()[query]));
    return cursors;
  }

  private static MemberCursor cursor(ItemGroups groups, int id) {
    int group = groups.find(id);
    return new MemberCursor(groups.members(), groups.start(group), groups.end(group));
  }

  private boolean isSelf(int query, int item) {
    return task.galleryStartsWithQueries() && query == item;
  }

  private boolean sameSource(int query, int item) {
    int[] querySources = task.queries().sources();
    int[] gallerySources = task.gallery().sources();
    return querySources != null
        && gallerySources != null
        && querySources[query] == gallerySources[item];
  }

  private int[] listed(int query) {
    int[][] lists = task.ignored();
    return lists == null ? NONE : lists[query];
  }

  /** A place in an ascending list that moves along with the panels of the gallery. */
  static final class MemberCursor {
    private final int[] members;
    private final int end;
    private int next;

    MemberCursor(int[] members, int start, int end) {
      this.members = members;
      this.next = start;
      this.end = end;
    }

    /** Sets the scores of the members in this panel to minus infinity. */
    void mask(float[] scores, int first, int width) {
      while (next < end && members[next] < first + width) {
        scores[members[next++] - first] = Float.NEGATIVE_INFINITY;
      }
    }
  }
}
