package io.solvegrad.spark;

/**
 * Where the candidates of earlier steps lie, which a batch has besides its own rows. A row of the
 * batch itself is never among them.
 */
public enum MemoryPlacement {
  /** No candidates of earlier steps. */
  NONE,
  /**
   * Each shard remembers its own batches: it knows which rows they were and embeds them anew with
   * the weights of the day. Nothing travels and nothing is stale; costs as many further products of
   * features and weights as rows are remembered. All rows of a label lie in one shard, so no
   * relevant candidate is missed, but the irrelevant ones of other shards are.
   */
  PARTITIONED,
  /**
   * Every shard has the batches of all shards as candidates, as they were embedded at their time:
   * shards times as many. Each step, 4 x outputs bytes of every row travel to the driver and from
   * there to every executor.
   */
  BROADCAST
}
