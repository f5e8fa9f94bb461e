package ser.serve.web;

import io.javalin.http.Context;
import java.util.Map;

/** Sent with every answer: the page may use nothing but what this server gives it. */
final class SecurityHeaders {
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
          + "media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
          + "form-action 'none'; frame-ancestors 'none'";

  static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Permissions-Policy", "microphone=(self), camera=(), geolocation=()",
          "Cross-Origin-Resource-Policy", "same-origin",
          // Answers are about somebody's voice: no cache keeps them.
          "Cache-Control", "no-store");

  private SecurityHeaders() {}

  static void put(Context context) {
    ALL.forEach(context::header);
  }
}
