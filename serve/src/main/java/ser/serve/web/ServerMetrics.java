package ser.serve.web;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntSupplier;

/** What /metrics says. Nothing in it tells about a recording. */
final class ServerMetrics {
  private static final double[] SECONDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter predictions;
  private final Histogram seconds;
  private final Counter rejected;

  /**
   * @param inFlight recordings that are scored or wait for it
   */
  ServerMetrics(IntSupplier inFlight) {
    predictions =
        Counter.builder()
            .name("ser_predictions_total")
            .help("Recordings that were scored.")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("ser_prediction_seconds")
            .help("Seconds from a whole upload to its answer.")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    rejected =
        Counter.builder()
            .name("ser_rejected_total")
            .help("Predictions that were asked for and refused, by HTTP status.")
            .labelNames("status")
            .register(registry);
    GaugeWithCallback.builder()
        .name("ser_in_flight")
        .help("Recordings that are scored or wait for it.")
        .callback(callback -> callback.call(inFlight.getAsInt()))
        .register(registry);
  }

  void predicted(long nanos) {
    predictions.inc();
    seconds.observe(nanos / 1e9);
  }

  void rejected(int status) {
    rejected.labelValues(Integer.toString(status)).inc();
  }

  /** The page, in the text format 0.0.4. */
  byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    return out.toByteArray();
  }
}
