package ser.serve.web;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps pages of other sites away from a server that asks nobody who he is. One that listens on
 * this machine alone is asked for by no other name than the machine's own: a site that gives its
 * own name that address (DNS rebinding) would be let in otherwise. And no other site's page sends
 * recordings.
 */
final class ForeignPages {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean local;
  private final Set<String> names = new HashSet<>(LOCAL);

  /**
   * @param host address that is listened on
   */
  ForeignPages(String host) {
    this.local = isLoopback(host);
    // 127.0.0.2, for one.
    names.add((host.contains(":") ? "[" + host + "]" : host).toLowerCase(Locale.ROOT));
  }

  /** Before each request is answered. */
  void refuse(Context context) {
    if (!isOurs(context.header("Host"))
        || "cross-site".equals(context.header("Sec-Fetch-Site"))
            && context.path().equals(Routes.PREDICT)) {
      throw new ForbiddenResponse();
    }
  }

  /** HTTP/1.0 need not name a host, and no browser speaks it. */
  boolean isOurs(String host) {
    return !local
        || host == null
        || names.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", ""));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // Listening on it will fail, and say so.
      return false;
    }
  }
}
