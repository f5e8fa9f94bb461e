package ser.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Spark cluster of its own on this machine: one master and workers of two cores and 4 GB, on
 * ports that the system chooses. Executors keep their files in the given folder.
 */
final class StandaloneCluster implements AutoCloseable {
  static final int CORES_PER_WORKER = 2;

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern WEB = Pattern.compile("'MasterUI' on port (\\d+)");

  private final List<ChildProcess> processes;
  private final String master;
  private final URI status;

  private StandaloneCluster(List<ChildProcess> processes, String master, URI status) {
    this.processes = processes;
    this.master = master;
    this.status = status;
  }

  /** Starts a cluster and waits until the master knows all workers. */
  static StandaloneCluster start(Path folder, int workers) {
    List<ChildProcess> processes = new ArrayList<>();
    try {
      ChildProcess master =
          spark(
              "master",
              folder,
              "org.apache.spark.deploy.master.Master",
              List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
      processes.add(master);
      String url = master.await("master's URL", LIMIT, () -> first(MASTER, master.output()));
      String webPort = master.await("web page", LIMIT, () -> first(WEB, master.output()));
      for (int i = 1; i <= workers; i++) {
        processes.add(
            spark(
                "worker" + i,
                folder,
                "org.apache.spark.deploy.worker.Worker",
                List.of(
                    "--host",
                    "127.0.0.1",
                    "--webui-port",
                    "0",
                    "--cores",
                    String.valueOf(CORES_PER_WORKER),
                    "--memory",
                    "4g",
                    "--work-dir",
                    folder.resolve("work" + i).toString(),
                    url)));
      }
      URI status = URI.create("http://127.0.0.1:%s/json/".formatted(webPort));
      StandaloneCluster cluster = new StandaloneCluster(processes, url, status);
      master.await(
          workers + " workers",
          LIMIT,
          () -> Optional.of(cluster.aliveWorkers()).filter(alive -> alive == workers));
      return cluster;
    } catch (RuntimeException e) {
      processes.forEach(ChildProcess::close);
      throw e;
    }
  }

  /** {@code spark://…}, for {@code --master}. */
  String master() {
    return master;
  }

  /** The master's own page about workers and applications. */
  JsonNode status() {
    try {
      return new ObjectMapper().readTree(status.toURL());
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read %s".formatted(status), e);
    }
  }

  int aliveWorkers() {
    return status().path("aliveworkers").asInt();
  }

  @Override
  public void close() {
    // Workers first, so that they stop their executors.
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }

  private static ChildProcess spark(String name, Path folder, String main, List<String> arguments) {
    List<String> command =
        Stream.of(
                List.of(Home.java(), "-Xmx512m"),
                Home.sparkJavaOptions(),
                List.of("-cp", Home.SPARK.resolve("jars") + "/*", main),
                arguments)
            .flatMap(List::stream)
            .toList();
    return ChildProcess.start(
        "Spark " + name,
        command,
        Map.of(
            "SPARK_HOME", Home.SPARK.toString(),
            "SPARK_SCALA_VERSION", "2.12",
            // Not on the network, and no look-up of this machine's name.
            "SPARK_LOCAL_IP", "127.0.0.1"),
        folder.resolve(name + ".log"));
  }

  private static Optional<String> first(Pattern pattern, String log) {
    Matcher matcher = pattern.matcher(log);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
