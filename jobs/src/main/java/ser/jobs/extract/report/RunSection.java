package ser.jobs.extract.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.jobs.config.ExtractConfig;
import ser.jobs.run.BuildInfo;
import ser.jobs.run.JobContext;
import ser.report.markup.Element;
import ser.report.markup.Markup;
import ser.report.page.Card;
import ser.report.page.Facts;
import ser.report.page.Facts.Fact;
import ser.report.page.Fold;
import ser.report.page.Section;
import ser.report.text.Numbers;

/** Where the tables come from and how they were made. */
final class RunSection {
  private RunSection() {}

  /**
   * @param runId of the run that writes the page
   * @param started when that began
   */
  static Section of(JobContext context, ExtractConfig config, String runId, Instant started) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Written by run", Element.of("code").text(runId)));
    facts.add(Fact.of("Began", started.truncatedTo(ChronoUnit.SECONDS).toString()));
    facts.add(
        Fact.of(
            "Took until this page",
            Numbers.duration(Duration.between(started, Instant.now()).toMillis() / 1000.0)));
    facts.add(new Fact("Recordings from", Markup.names(config.inputs())));
    facts.add(new Fact("Tables in", Markup.name(config.output())));
    facts.add(Fact.of("Labels", config.labels().description()));
    facts.add(Fact.of("Features", features(config.spec())));
    facts.add(Fact.of("Settings", settings(config.spec())));
    facts.add(
        Fact.of(
            "Clips",
            "from %s to %s s, quarantined as silent below %s of full scale"
                .formatted(
                    Numbers.plain(config.limits().minDurationS()),
                    Numbers.plain(config.limits().maxDurationS()),
                    BigDecimal.valueOf(config.limits().silentBelow()).toPlainString())));
    facts.add(new Fact("Commit of ser", Element.of("code").text(BuildInfo.commit())));
    facts.add(Fact.of("Spark", context.spark().version()));
    Markup configuration =
        Element.of("pre")
            .add(Element.of("code").text(context.configurationOf("features", "extract")));
    return Section.of(
        "This run", Card.of(new Facts(facts), new Fold("Configuration", configuration)));
  }

  private static String features(FeatureSpec spec) {
    return spec.features().stream()
        .map(
            feature ->
                spec.coefficientsOf(feature) == 1
                    ? feature.columnName()
                    : feature.columnName() + " (" + spec.coefficientsOf(feature) + ")")
        .collect(Collectors.joining(", "));
  }

  private static String settings(FeatureSpec spec) {
    String rate =
        spec.sampleRateHz() == FeatureSpec.NATIVE_RATE
            ? "each recording's own rate"
            : Numbers.count(spec.sampleRateHz()) + " Hz";
    String text =
        "%s, n_fft %d, window %d, hop %d"
            .formatted(
                rate,
                spec.frames().nFft(),
                spec.frames().windowLength(),
                spec.frames().hopLength());
    return spec.features().contains(Feature.LOG_MEL) || spec.features().contains(Feature.MFCC)
        ? text
            + ", %d mel bands from %s Hz to %s, %s dB below the loudest"
                .formatted(
                    spec.mel().bands(),
                    Numbers.plain(spec.mel().fMinHz()),
                    spec.mel().fMaxHz() == 0
                        ? "half the rate"
                        : Numbers.plain(spec.mel().fMaxHz()) + " Hz",
                    Numbers.plain(spec.mel().topDb()))
        : text;
  }
}
