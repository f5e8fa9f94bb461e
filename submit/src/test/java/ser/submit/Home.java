package ser.submit;

import java.nio.file.Path;
import java.util.List;

/** Where the build laid things, and the Java that runs the tests. */
final class Home {
  /** The project's folder. */
  static final Path HOME =
      Path.of(System.getProperty("ser.home", "..")).toAbsolutePath().normalize();

  static final Path SPARK = HOME.resolve("jobs/target/spark");
  static final Path LIB = HOME.resolve("jobs/target/lib");
  static final Path JAR = HOME.resolve("jobs/target/ser-jobs.jar");
  static final Path S3PROXY_JARS = HOME.resolve("submit/s3proxy/target/jars");

  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/sun.nio.ch");

  private Home() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Spark reaches into the JDK; spark-submit passes these by itself. */
  static List<String> sparkJavaOptions() {
    return OPENED.stream().map(module -> "--add-opens=" + module + "=ALL-UNNAMED").toList();
  }
}
