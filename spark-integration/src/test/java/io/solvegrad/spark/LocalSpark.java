package io.solvegrad.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Sessions for tests: threads in this JVM, or executors in JVMs of their own. */
final class LocalSpark {
  private LocalSpark() {}

  static SparkSession threads(int threads) {
    return settings("local[" + threads + "]").getOrCreate();
  }

  /** Executors of one core each, in real processes started from this class path. */
  static SparkSession executors(int executors) throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    return settings("local-cluster[" + executors + ",1,1024]")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executor.memory", "768m")
        .getOrCreate();
  }

  private static SparkSession.Builder settings(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("test")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.sql.warehouse.dir", Path.of("target", "warehouse").toAbsolutePath().toString());
  }
}
