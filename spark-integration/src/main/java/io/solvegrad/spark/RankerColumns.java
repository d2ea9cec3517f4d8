package io.solvegrad.spark;

/**
 * The names of the columns of rows that are ranked by trees.
 *
 * @param id whole numbers, unique within a group; among equal scores the lower id stands first in
 *     training
 * @param group whole numbers or strings: the query of a row
 * @param label numbers: the grade of a row, relevant above 0
 * @param features arrays of float or double, or vectors of Spark ML; all of one length
 */
public record RankerColumns(String id, String group, String label, String features) {

  /** {@return the columns {@code id}, {@code group}, {@code label} and {@code features}} */
  public static RankerColumns standard() {
    return new RankerColumns("id", "group", "label", "features");
  }
}
