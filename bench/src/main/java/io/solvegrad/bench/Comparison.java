package io.solvegrad.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One line of the results.
 *
 * @param question what was asked
 * @param n scores a row
 * @param p relevant candidates a row
 * @param rows rows a call
 * @param threads threads of our side
 * @param ours what of ours was measured
 * @param peer what it was compared with
 * @param oursNs our median time of a row in nanoseconds
 * @param peerNs the peer's
 * @param ratio peer's time / our time
 */
record Comparison(
    String question,
    int n,
    int p,
    int rows,
    int threads,
    String ours,
    String peer,
    @JsonProperty("ours_ns") double oursNs,
    @JsonProperty("peer_ns") double peerNs,
    double ratio) {

  static Comparison of(Question question, String ours, String peer, double oursNs, double peerNs) {
    Config c = question.config();
    return new Comparison(
        question.name(),
        c.n(),
        c.p(),
        c.rows(),
        c.threads(),
        ours,
        peer,
        oursNs,
        peerNs,
        peerNs / oursNs);
  }
}
