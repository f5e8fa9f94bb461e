package ser.serve.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import ser.serve.engine.Engine;

/** Listens until it is closed. */
public final class WebServer implements AutoCloseable {
  /** Slow senders hold one each, for as long as {@link RequestBody} lets them. */
  private static final int THREADS = 256;

  /** Between two bytes of a client. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final int HEADER_BYTES = 8 * 1024;
  private static final int BACKLOG = 256;

  private final Javalin javalin;
  private final Engine engine;

  /**
   * Starts to listen.
   *
   * @param host address to bind to
   * @param port 0 for any free one
   * @param engine closed with this
   * @throws UncheckedIOException if the address is not to be had
   */
  public WebServer(String host, int port, Engine engine) {
    this.engine = engine;
    ServerMetrics metrics = new ServerMetrics(engine::inFlight);
    RequestBody bodies = new RequestBody(engine.limits(), Runtime.getRuntime().maxMemory() / 8);
    Routes routes = new Routes(engine, metrics, new PredictHandler(engine, bodies, metrics));
    this.javalin =
        Javalin.create(
            config -> {
              settle(config);
              config.jetty.addConnector(
                  (server, http) -> {
                    ServerConnector connector = connector(server, http, host, port);
                    limitHeaders(connector, http, Duration.ofSeconds(engine.limits().requestS()));
                    return connector;
                  });
              routes.register(config.routes);
              new Problems(metrics, new RestOfBody(engine.limits())).register(config.routes);
            });
    start();
  }

  private void start() {
    try {
      javalin.start();
    } catch (JavalinException e) {
      javalin.stop();
      String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new UncheckedIOException(new IOException(why, e));
    }
  }

  /** Where it listens. */
  public int port() {
    return ((ServerConnector) javalin.jettyServer().server().getConnectors()[0]).getLocalPort();
  }

  private static void settle(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(server -> server.setErrorHandler(new JettyProblems()));
    config.jetty.threadPool = new QueuedThreadPool(THREADS, 8);
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, String host, int port) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setIdleTimeout(IDLE.toMillis());
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    return connector;
  }

  private static void limitHeaders(
      ServerConnector connector, HttpConfiguration http, Duration limit) {
    HeaderDeadline deadline = new HeaderDeadline(connector.getScheduler(), limit);
    connector.addEventListener(deadline);
    http.addCustomizer(deadline);
  }

  @Override
  public void close() {
    javalin.stop();
    engine.close();
  }
}
