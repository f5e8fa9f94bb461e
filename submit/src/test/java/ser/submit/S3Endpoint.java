package ser.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * S3 over a folder, in a process with a class path of its own, with credentials made for the run.
 *
 * <p>A bucket is a folder in {@link #objects()}, an object a file in it: tests may put and look
 * there directly.
 */
final class S3Endpoint implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("Started .*\\{127\\.0\\.0\\.1:(\\d+)}");

  private final ChildProcess process;
  private final Path objects;
  private final int port;
  private final String accessKey;
  private final String secretKey;

  private S3Endpoint(
      ChildProcess process, Path objects, int port, String accessKey, String secretKey) {
    this.process = process;
    this.objects = objects;
    this.port = port;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /**
   * Starts an endpoint that keeps all it needs in {@code folder}, with one empty bucket for each
   * name.
   */
  static S3Endpoint start(Path folder, String... buckets) {
    Path objects = folder.resolve("s3").toAbsolutePath();
    String accessKey = randomHex(10);
    String secretKey = randomHex(20);
    Path properties = folder.resolve("s3proxy.properties");
    try {
      for (String bucket : buckets) {
        // A folder that others can read would be a public bucket: anyone could list it without
        // credentials.
        Files.createDirectories(
            objects.resolve(bucket),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Files.writeString(
          properties,
          String.join(
              "\n",
              "s3proxy.endpoint=http://127.0.0.1:0",
              "s3proxy.authorization=aws-v2-or-v4",
              "s3proxy.identity=" + accessKey,
              "s3proxy.credential=" + secretKey,
              "jclouds.provider=filesystem-nio2",
              "jclouds.identity=unused",
              "jclouds.credential=unused",
              ""));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare an S3 endpoint in %s".formatted(folder), e);
    }
    ChildProcess process =
        ChildProcess.start(
            "S3 endpoint",
            List.of(
                Home.java(),
                "-Xmx512m",
                "-Dlogback.configurationFile=" + Home.HOME.resolve("submit/s3proxy/logback.xml"),
                // Must be absolute, and may have letters that a properties file cannot hold.
                "-Djclouds.filesystem.basedir=" + objects,
                "-cp",
                Home.S3PROXY_JARS + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString()),
            Map.of(),
            folder.resolve("s3proxy.log"));
    int port = process.await("port", Duration.ofSeconds(60), () -> port(process.output()));
    return new S3Endpoint(process, objects, port, accessKey, secretKey);
  }

  private static Optional<Integer> port(String log) {
    Matcher started = STARTED.matcher(log);
    return started.find() ? Optional.of(Integer.valueOf(started.group(1))) : Optional.empty();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Folder with one folder a bucket. */
  Path objects() {
    return objects;
  }

  /** Credentials, as S3A's default provider chain finds them. */
  Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", accessKey, "AWS_SECRET_ACCESS_KEY", secretKey);
  }

  /** S3A's settings for this endpoint, without credentials. */
  Map<String, String> hadoopSettings() {
    return hadoopSettings(url());
  }

  private static Map<String, String> hadoopSettings(String url) {
    return Map.of(
        "fs.s3a.endpoint", url,
        "fs.s3a.path.style.access", "true",
        "fs.s3a.connection.ssl.enabled", "false",
        // Amazon's client takes a wrong signature for a clock that is off and tries again, with
        // S3A's default for minutes.
        "fs.s3a.attempts.maximum", "3");
  }

  /**
   * The same for the launcher: {@code --conf spark.hadoop.NAME=VALUE} for each, to stand before the
   * command.
   */
  List<String> launcherOptions() {
    return launcherOptions(url());
  }

  /** The same for what stands before the endpoint, at another URL. */
  List<String> launcherOptions(String url) {
    return hadoopSettings(url).entrySet().stream()
        .flatMap(e -> List.of("--conf", "spark.hadoop." + e.getKey() + "=" + e.getValue()).stream())
        .toList();
  }

  /**
   * Puts a file, or all of a folder, through S3A: an object needs the entity tag that the endpoint
   * gives it.
   *
   * @param to URI of what becomes of it, {@code s3a://BUCKET/…}
   */
  void upload(Path from, String to) throws IOException {
    Configuration hadoop = new Configuration();
    hadoopSettings().forEach(hadoop::set);
    hadoop.set("fs.s3a.access.key", accessKey);
    hadoop.set("fs.s3a.secret.key", secretKey);
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(to);
    try (FileSystem bucket = FileSystem.newInstance(target.toUri(), hadoop)) {
      bucket.copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(from.toUri()), target);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static String randomHex(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
