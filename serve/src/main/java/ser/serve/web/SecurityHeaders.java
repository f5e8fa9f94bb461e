package ser.serve.web;

import io.javalin.http.Context;

/** Sent with every answer: the page may use nothing but what this server gives it. */
final class SecurityHeaders {
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
          + "media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
          + "form-action 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static void put(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Permissions-Policy", "microphone=(self), camera=(), geolocation=()");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    // Answers are about somebody's voice: no cache keeps them.
    context.header("Cache-Control", "no-store");
  }
}
