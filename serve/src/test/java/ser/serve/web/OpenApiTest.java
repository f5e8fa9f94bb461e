package ser.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import ser.serve.engine.Engine;
import ser.serve.engine.Limits;
import ser.serve.engine.Refusal;
import ser.serve.engine.RefusedException;

class OpenApiTest {
  private final Engine engine = new Engine(List.of(), Limits.of(1, 1, 1, 1));

  @Test
  void givenRoutes_whenDescribed_thenEachIsThereAndNoOther() throws IOException {
    ServerMetrics metrics = new ServerMetrics(() -> 0);
    Routes routes =
        new Routes(
            engine,
            metrics,
            new PredictHandler(engine, new RequestBody(engine.limits(), 1), metrics),
            new ForeignPages("127.0.0.1"));
    List<String> real = new ArrayList<>();
    Javalin.create(config -> routes.register(config.routes))
        .unsafe
        .internalRouter
        .allHttpHandlers()
        .stream()
        .map(handler -> handler.endpoint)
        .filter(endpoint -> !endpoint.method.equals(HandlerType.BEFORE))
        .forEach(
            endpoint ->
                real.add(endpoint.method.name().toLowerCase(Locale.ROOT) + " " + endpoint.path));

    List<String> described = new ArrayList<>();
    described()
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> described.add(method + " " + path.getKey())));

    assertThat(described).isNotEmpty().containsExactlyInAnyOrderElementsOf(real);
  }

  @Test
  void givenRefusals_whenDescribed_thenTheirStatusAndWordAreThere() throws IOException {
    JsonNode responses =
        described().path("paths").path(Routes.PREDICT).path("post").path("responses");

    for (Refusal refusal : Refusal.values()) {
      Problem problem = Problem.of(new RefusedException(refusal, "It is so."));
      assertThat(responses.path(Integer.toString(problem.status())).path("description").asText())
          .as("description of %s", problem.status())
          .contains(problem.reason());
    }
  }

  @Test
  void givenReferences_whenFollowed_thenEachLeadsSomewhere() throws IOException {
    JsonNode api = described();

    for (JsonNode reference : api.findValues("$ref")) {
      assertThat(api.at(reference.asText().substring(1)).isObject())
          .as(reference.asText())
          .isTrue();
    }
    assertThat(api.path("openapi").asText()).isEqualTo("3.1.0");
  }

  private static JsonNode described() throws IOException {
    return new ObjectMapper().readTree(new Assets().openApi().bytes());
  }
}
