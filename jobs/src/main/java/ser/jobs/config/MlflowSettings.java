package ser.jobs.config;

import com.typesafe.config.Config;
import java.net.URI;
import java.util.Optional;

/**
 * Whether and where a training is logged.
 *
 * @param trackingUri of an MLflow tracking server; empty to log nothing
 * @param experiment that the run belongs to, made where it is missing
 */
public record MlflowSettings(Optional<URI> trackingUri, String experiment) {
  private static final String GROUP = "ser.mlflow";

  public MlflowSettings {
    if (experiment.isBlank()) {
      throw new IllegalArgumentException("experiment must not be empty");
    }
    trackingUri.ifPresent(MlflowSettings::requireServer);
  }

  static MlflowSettings from(Config config) {
    Settings settings = new Settings(config, GROUP);
    return settings.checked(
        () ->
            new MlflowSettings(
                Optional.of(settings.text("tracking-uri"))
                    .filter(uri -> !uri.isBlank())
                    .map(MlflowSettings::uri),
                settings.text("experiment")));
  }

  private static URI uri(String text) {
    try {
      return URI.create(text.strip().replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tracking-uri '%s' is no URI".formatted(text), e);
    }
  }

  private static void requireServer(URI uri) {
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IllegalArgumentException(
          "tracking-uri '%s' must be http://HOST:PORT or https://HOST".formatted(uri));
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "tracking-uri must not hold a password; set MLFLOW_TRACKING_USERNAME and"
              + " MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, in the environment");
    }
  }
}
