package ser.serve.web;

import io.javalin.config.RouterConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import ser.features.audio.UnreadableAudioException;
import ser.serve.engine.RefusedException;

/** Turns whatever goes wrong into an answer of one shape. */
final class Problems {
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int TIMEOUT = 408;
  private static final int BUSY = 503;
  private static final int FAULT = 500;
  private static final String RETRY_AFTER_S = "2";

  private final ServerMetrics metrics;
  private final RestOfBody rest;

  Problems(ServerMetrics metrics, RestOfBody rest) {
    this.metrics = metrics;
    this.rest = rest;
  }

  void register(RoutesConfig routes, RouterConfig router) {
    router.javaLangErrorHandler(this::error);
    routes.exception(
        RefusedException.class, (refused, context) -> answer(context, Problem.of(refused)));
    routes.exception(
        UnreadableAudioException.class,
        (unreadable, context) -> answer(context, Problem.of(unreadable)));
    routes.exception(
        HttpResponseException.class,
        (exception, context) -> answer(context, standard(exception.getStatus())));
    // The client has gone in the middle of its upload; it will not see the answer.
    routes.exception(
        IOException.class,
        (gone, context) ->
            answer(
                context,
                new Problem(BAD_REQUEST, "upload_broken", "The upload broke off. Send it again.")));
    routes.exception(Exception.class, (fault, context) -> fault(context, fault));
  }

  private void fault(Context context, Exception fault) {
    log(fault);
    answer(context, standard(FAULT));
  }

  /** Not even an error of the machine goes without an answer and a word. */
  private void error(HttpServletResponse response, Error error) {
    log(error);
    metrics.rejected(FAULT);
    response.setStatus(FAULT);
    response.setContentType("application/json");
    try {
      response.getOutputStream().write(standard(FAULT).toJson().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      error.addSuppressed(e);
    }
  }

  private static void log(Throwable fault) {
    System.err.println("ser: Internal fault while answering a request:");
    fault.printStackTrace();
  }

  private void answer(Context context, Problem problem) {
    if (context.path().equals(Routes.PREDICT)) {
      metrics.rejected(problem.status());
    }
    if (problem.status() == TOO_LARGE || problem.status() == TIMEOUT) {
      // What is still to come is not waited for.
      context.header("Connection", "close");
    }
    if (problem.status() == BUSY) {
      context.header("Retry-After", RETRY_AFTER_S);
    }
    if (problem.status() != TIMEOUT) {
      rest.discard(context.req());
    }
    context.status(problem.status()).contentType("application/json").result(problem.toJson());
  }

  /** What HTTP itself can go wrong with. */
  static Problem standard(int status) {
    return switch (status) {
      case 403 ->
          new Problem(
              status,
              "foreign_page",
              "This server listens to its own machine, and to its own page. Use its address, http://127.0.0.1 or localhost with its port; a proxy has to pass that on as Host.");
      case 404 ->
          new Problem(
              status,
              "not_found",
              "There is nothing at this address. GET /openapi.json lists what there is.");
      case 405 ->
          new Problem(
              status,
              "method_not_allowed",
              "This address takes another method. GET /openapi.json lists them.");
      case 500 ->
          new Problem(
              status,
              "internal_fault",
              "The server failed. Its log says why; tell whoever runs it.");
      case 414, 431 ->
          new Problem(
              status,
              "header_too_large",
              "The address or the headers are too long. Send less of them; the recording is the body.");
      default ->
          new Problem(
              status, "bad_request", "The request is not one that this server understands.");
    };
  }
}
