package ser.serve.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import ser.serve.engine.Engine;
import ser.serve.engine.Limits;

/** What there is at which address; openapi.json says the same. */
final class Routes {
  static final String PREDICT = "/api/predict";

  private static final String JSON = "application/json";

  private final Engine engine;
  private final ServerMetrics metrics;
  private final PredictHandler predict;
  private final ForeignPages foreign;
  private final Assets assets = new Assets();
  private final Assets.Asset page = assets.page();
  private final String models;

  Routes(Engine engine, ServerMetrics metrics, PredictHandler predict, ForeignPages foreign) {
    this.foreign = foreign;
    this.engine = engine;
    this.metrics = metrics;
    this.predict = predict;
    this.models = models().toString();
  }

  void register(RoutesConfig routes) {
    routes.before(SecurityHeaders::put);
    routes.before(foreign::refuse);
    routes.get("/", context -> give(context, page));
    routes.get("/assets/{name}", this::asset);
    routes.get("/health", context -> json(context, "{\"status\":\"ok\"}"));
    routes.get(
        "/metrics",
        context ->
            context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.text()));
    routes.get("/openapi.json", context -> give(context, assets.openApi()));
    routes.get("/api/models", context -> json(context, models));
    routes.post(PREDICT, predict);
  }

  private void asset(Context context) {
    give(context, assets.named(context.pathParam("name")).orElseThrow(NotFoundResponse::new));
  }

  private static void give(Context context, Assets.Asset asset) {
    context.contentType(asset.type()).result(asset.bytes());
  }

  private static void json(Context context, String json) {
    context.contentType(JSON).result(json);
  }

  private ObjectNode models() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Limits limits = engine.limits();
    json.putObject("limits")
        .put("upload_bytes", limits.uploadBytes())
        .put("seconds", limits.seconds())
        .put("concurrent", limits.concurrent())
        .put("waiting", limits.waiting())
        .put("request_s", limits.requestS());
    ArrayNode models = json.putArray("models");
    engine.models().forEach(model -> models.add(ModelCardJson.of(model)));
    return json;
  }
}
