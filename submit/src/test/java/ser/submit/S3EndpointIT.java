package ser.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint through S3A, in Hadoop's own shell. */
class S3EndpointIT {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static S3Endpoint endpoint;

  @BeforeAll
  static void start() {
    endpoint = S3Endpoint.start(shared, "bucket");
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @Test
  void givenAFileWithAStrangeName_whenPutAndFetched_thenItIsTheSame() throws IOException {
    Path original = Files.writeString(folder.resolve("ä b.txt"), "content");
    Path fetched = folder.resolve("fetched");

    assertThat(
            shell(
                endpoint.environment(),
                "-put",
                "-d",
                original.toString(),
                "s3a://bucket/ä b%#.txt"))
        .returns(0, SerProcess::exitCode);
    SerProcess listed = shell(endpoint.environment(), "-ls", "s3a://bucket/");
    assertThat(shell(endpoint.environment(), "-get", "s3a://bucket/ä b%#.txt", fetched.toString()))
        .returns(0, SerProcess::exitCode);

    assertThat(listed.stdout()).contains("s3a://bucket/ä b%#.txt");
    assertThat(fetched).hasSameBinaryContentAs(original);
    assertThat(endpoint.objects().resolve("bucket/ä b%#.txt")).exists();
  }

  @Test
  void givenAWrongSecret_whenListed_thenItIsRefusedAtOnce() {
    Map<String, String> wrong = new HashMap<>(endpoint.environment());
    wrong.put("AWS_SECRET_ACCESS_KEY", "wrong");

    SerProcess listed = shell(wrong, "-ls", "s3a://bucket/");

    assertThat(listed.exitCode()).isEqualTo(1);
    assertThat(listed.stderr()).contains("403");
  }

  @Test
  void givenNoCredentials_whenListed_thenItIsForbidden() throws IOException {
    HttpURLConnection request =
        (HttpURLConnection) URI.create(endpoint.url() + "/bucket").toURL().openConnection();

    assertThat(request.getResponseCode()).isEqualTo(403);
  }

  private SerProcess shell(Map<String, String> environment, String... arguments) {
    StringBuilder site = new StringBuilder("<configuration>");
    endpoint
        .hadoopSettings()
        .forEach(
            (name, value) ->
                site.append(
                    "<property><name>%s</name><value>%s</value></property>"
                        .formatted(name, value)));
    try {
      Files.writeString(folder.resolve("core-site.xml"), site.append("</configuration>"));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write core-site.xml", e);
    }
    List<String> command = new ArrayList<>();
    command.add("-Dlog4j2.configurationFile=" + Home.HOME.resolve("conf/spark/log4j2.properties"));
    command.add("-cp");
    command.add(
        String.join(":", folder.toString(), Home.SPARK.resolve("jars") + "/*", Home.LIB + "/*"));
    command.add("org.apache.hadoop.fs.FsShell");
    command.addAll(List.of(arguments));
    return SerProcess.in(folder)
        .program(Path.of(Home.java()))
        .environment(environment)
        .limit(Duration.ofMinutes(1))
        .run(command.toArray(String[]::new));
  }
}
