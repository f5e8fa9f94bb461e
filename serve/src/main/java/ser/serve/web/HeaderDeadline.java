package ser.serve.web;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts connections whose request header does not come to its end. Jetty limits the time between two
 * bytes alone, so a client that sends one now and then would be heard for ever: it holds no thread,
 * but a socket and a buffer.
 */
final class HeaderDeadline implements Connection.Listener, HttpConfiguration.Customizer {
  private final Scheduler scheduler;
  private final long periodMs;
  private final Map<Connection, HeaderWatch> watches = new ConcurrentHashMap<>();

  /**
   * @param limit time for a header; it has at least half of it
   */
  HeaderDeadline(Scheduler scheduler, Duration limit) {
    this.scheduler = scheduler;
    this.periodMs = limit.toMillis() / 2;
  }

  @Override
  public void onOpened(Connection connection) {
    watches.put(connection, new HeaderWatch());
    lookLater(connection);
  }

  @Override
  public void onClosed(Connection connection) {
    watches.remove(connection);
  }

  /** Called for each request once its header is complete. */
  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    watchOf(request.getConnectionMetaData().getConnection())
        .ifPresent(
            watch -> {
              watch.requestBegins();
              Request.addCompletionListener(request, failure -> watch.requestEnds());
            });
    return request;
  }

  private void lookLater(Connection connection) {
    scheduler.schedule(() -> look(connection), periodMs, TimeUnit.MILLISECONDS);
  }

  private void look(Connection connection) {
    watchOf(connection)
        .ifPresent(
            watch -> {
              if (watch.isOverdue(connection.getBytesIn())) {
                connection.getEndPoint().close(new TimeoutException("a header without end"));
              } else {
                lookLater(connection);
              }
            });
  }

  private Optional<HeaderWatch> watchOf(Connection connection) {
    return Optional.ofNullable(watches.get(connection));
  }
}
