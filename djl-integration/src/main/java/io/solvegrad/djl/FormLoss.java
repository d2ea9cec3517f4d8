package io.solvegrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.solvegrad.ranking.Diagnostics;
import io.solvegrad.ranking.RankingLoss;

/** What the losses of DJL have in common: a form of batch, a ranking loss, and its diagnostics. */
final class FormLoss {
  private final BatchForm form;
  private final LossBridge bridge;
  private final Diagnostics diagnostics = new Diagnostics();

  FormLoss(BatchForm form, RankingLoss loss) {
    this.form = form;
    bridge = new LossBridge(loss);
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  LossBridge bridge() {
    return bridge;
  }

  NDArray evaluate(NDList labels, NDList predictions) {
    LossBridge.requireAlive("labels", labels);
    LossBridge.requireAlive("predictions", predictions);
    NDArray output = predictions.singletonOrThrow();
    var batch = form.batch(labels, output.getShape());
    Diagnostics step = new Diagnostics();
    NDArray value = bridge.apply(form.scores(output), batch, step);
    record(step);
    return value;
  }

  void record(Diagnostics step) {
    synchronized (diagnostics) {
      diagnostics.add(step);
    }
  }
}
