package io.solvegrad.spark.command;

import io.solvegrad.spark.LocalSpark;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Where a job runs: on the cluster of spark-submit, or else on this machine. */
final class SessionOptions {
  private static final int MEGABYTES = 1024;

  @Option(
      names = "--executors",
      paramLabel = "N",
      description =
          "Processes of one core each on this machine; 0 for its cores as threads."
              + " Without meaning under spark-submit, which chooses the cluster.")
  private int executors;

  SessionOptions() {}

  SparkSession open() {
    if (System.getProperty("spark.master") != null) {
      return SparkSession.builder().appName("solvegrad").getOrCreate();
    }
    if (executors < 0) {
      throw new IllegalArgumentException("--executors " + executors + " is negative");
    }
    return executors > 0
        ? LocalSpark.executors(executors, MEGABYTES)
        : LocalSpark.threads(Runtime.getRuntime().availableProcessors());
  }
}
