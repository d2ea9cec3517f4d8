package io.solvegrad.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Sessions on this machine: threads of this JVM, or executors in processes of their own. */
public final class LocalSpark {
  private LocalSpark() {}

  /**
   * {@return a session whose tasks run in threads of this JVM}
   *
   * @param threads how many
   */
  public static SparkSession threads(int threads) {
    return settings("local[" + threads + "]").getOrCreate();
  }

  /**
   * Executors of one core each, in real processes started from this class path; no distribution of
   * Spark is needed, but the environment must have SPARK_HOME, a folder with an empty folder jars,
   * which is made if missing, and SPARK_SCALA_VERSION = 2.13.
   *
   * @param executors how many
   * @param megabytes heap of each
   * @return a session
   * @throws IllegalStateException if the environment lacks them
   */
  public static SparkSession executors(int executors, int megabytes) {
    return executors(executors, megabytes, "--add-modules jdk.incubator.vector");
  }

  /** The same with other options of the executors' JVMs. */
  static SparkSession executors(int executors, int megabytes, String options) {
    String home = System.getenv("SPARK_HOME");
    if (home == null || System.getenv("SPARK_SCALA_VERSION") == null) {
      throw new IllegalStateException(
          "local executors need SPARK_HOME, a folder, and SPARK_SCALA_VERSION=2.13 in the"
              + " environment. Maybe start by ./solvegrad spark");
    }
    try {
      Files.createDirectories(Path.of(home, "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int worker = megabytes + 384; // what Spark adds for memory outside the heap
    return settings("local-cluster[%d,1,%d]".formatted(executors, worker))
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executor.memory", megabytes + "m")
        .config("spark.executor.extraJavaOptions", options)
        .getOrCreate();
  }

  private static SparkSession.Builder settings(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("solvegrad")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .config(
            "spark.sql.warehouse.dir", Path.of("target", "warehouse").toAbsolutePath().toString());
  }
}
