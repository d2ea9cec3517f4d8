package io.solvegrad.bench.boosting;

import io.solvegrad.boosting.BoostingObjective;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One way to train: an objective with its parameters.
 *
 * @param library which library grows the trees
 * @param objective what tables call it
 * @param parameters for the library, beside those that are the same for all
 * @param ours makes our objective; null for one of the library's own
 * @param ourSetting its lambda, margin and noise, for tables
 */
record Setting(
    Library library,
    String objective,
    Map<String, String> parameters,
    @Nullable Supplier<BoostingObjective> ours,
    String ourSetting) {

  /** Labels from here on are relevant to metrics and objectives that know two kinds only. */
  static final int RELEVANT_FROM = 2;

  /** A library that grows trees. */
  enum Library {
    XGBOOST,
    LIGHTGBM
  }

  /** The objective with its library, the same for all settings of a grid. */
  String family() {
    return (library == Library.XGBOOST ? "XGBoost " : "LightGBM ") + objective;
  }

  /** Unique among all settings. */
  String name() {
    return "%s %s %s".formatted(family(), new TreeMap<>(parameters), ourSetting).strip();
  }
}
