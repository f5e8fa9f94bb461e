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
import ser.serve.engine.Limits;

/** Listens until it is closed. */
public final class WebServer implements AutoCloseable {
  /** For what is neither an upload nor a recording that is scored or waits: it must not wait. */
  private static final int OTHER_THREADS = 64;

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
    Routes routes =
        new Routes(
            engine, metrics, new PredictHandler(engine, bodies, metrics), new ForeignPages(host));
    this.javalin =
        Javalin.create(
            config -> {
              settle(config, engine.limits());
              config.jetty.addConnector(
                  (server, http) -> {
                    ServerConnector connector = connector(server, http, host, port);
                    limitHeaders(connector, http, Duration.ofSeconds(engine.limits().requestS()));
                    return connector;
                  });
              routes.register(config.routes);
              new Problems(metrics, new RestOfBody(engine.limits()))
                  .register(config.routes, config.router);
            });
    start();
  }

  private void start() {
    try {
      javalin.start();
    } catch (JavalinException e) {
      javalin.stop();
      // "Failed to bind" says less than why.
      Throwable why = e;
      while (why.getCause() != null) {
        why = why.getCause();
      }
      throw new UncheckedIOException(new IOException(why.getMessage(), e));
    }
  }

  /** Where it listens. */
  public int port() {
    return ((ServerConnector) javalin.jettyServer().server().getConnectors()[0]).getLocalPort();
  }

  /** Each recording that is sent, scored or waits holds a thread. */
  private static int threads(Limits limits) {
    return limits.concurrent() + limits.waiting() + RequestBody.MOST_UPLOADS + OTHER_THREADS;
  }

  private static void settle(JavalinConfig config, Limits limits) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(server -> server.setErrorHandler(new JettyProblems()));
    config.jetty.threadPool = new QueuedThreadPool(threads(limits), 8);
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
