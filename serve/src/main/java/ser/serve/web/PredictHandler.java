package ser.serve.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import ser.features.audio.UnreadableAudioException;
import ser.serve.engine.Answer;
import ser.serve.engine.Channel;
import ser.serve.engine.Engine;
import ser.serve.engine.Refusal;
import ser.serve.engine.RefusedException;
import ser.serve.engine.ServedModel;

/** {@code POST /api/predict}. */
final class PredictHandler implements Handler {
  private static final String MODEL = "model";
  private static final String CHANNEL = "channel";
  private static final String DETAILS = "details";
  private static final Set<String> PARAMETERS = Set.of(MODEL, CHANNEL, DETAILS);

  private final Engine engine;
  private final RequestBody bodies;
  private final ServerMetrics metrics;

  PredictHandler(Engine engine, RequestBody bodies, ServerMetrics metrics) {
    this.engine = engine;
    this.bodies = bodies;
    this.metrics = metrics;
  }

  @Override
  public void handle(Context context)
      throws IOException, UnreadableAudioException, InterruptedException {
    requireKnown(context.queryParamMap().keySet());
    List<ServedModel> models = engine.named(context.queryParams(MODEL));
    Channel channel = Channel.parse(single(context, CHANNEL));
    boolean details = flag(single(context, DETAILS));
    try (RequestBody.Held recording = bodies.read(context.req())) {
      long begin = System.nanoTime();
      Answer answer = engine.score(recording.bytes(), channel, models, details);
      metrics.predicted(System.nanoTime() - begin);
      context.contentType("application/json").result(AnswerJson.of(answer).toString());
    }
  }

  private static void requireKnown(Set<String> given) {
    Set<String> unknown = new TreeSet<>(given);
    unknown.removeAll(PARAMETERS);
    if (!unknown.isEmpty()) {
      throw new RefusedException(
          Refusal.BAD_PARAMETER,
          "A parameter is not known. There are %s.".formatted(new TreeSet<>(PARAMETERS)));
    }
  }

  private static String single(Context context, String name) {
    List<String> values = context.queryParams(name);
    if (values.size() > 1) {
      throw new RefusedException(
          Refusal.BAD_PARAMETER, "The parameter %s is given twice. Give it once.".formatted(name));
    }
    return values.isEmpty() ? "" : values.get(0);
  }

  private static boolean flag(String text) {
    if (text.isEmpty() || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw new RefusedException(
        Refusal.BAD_PARAMETER,
        "The parameter details is neither true nor false. Give one of them.");
  }
}
