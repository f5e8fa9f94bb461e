package ser.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.stream.Stream;
import ser.jobs.config.EvaluateConfig.LeakGap;
import ser.model.split.ValidationSpeakers;

/**
 * One recipe by each split, for {@code ser evaluate --leak-gap}. All of them hold something out for
 * validation, or none does, as the recipe has it under its own split: an epoch that is chosen by
 * recordings of known voices, or the last one kept, would make a gap of its own.
 */
final class LeakGapTrainings {
  private static final String GROUP = "ser.train";
  private static final String VALIDATION = "validation-speakers";

  private final Config config;
  private final boolean validates;
  private final double randomShare;

  private LeakGapTrainings(Config config) {
    this.config = config;
    Settings settings = new Settings(config, GROUP);
    SplitProtocol own =
        settings.checked(() -> SplitProtocol.ofLabel(settings.text("split")), "split");
    SplitSettings split = SplitSettings.from(with(config, "split", SplitProtocol.SPEAKERS.label()));
    this.validates = split.with(own).validates();
    double share = split.shares().validation();
    this.randomShare = share > 0 ? share : ValidationSpeakers.SHARE;
  }

  /**
   * @return the honest one first
   */
  static List<TrainConfig> of(Config config, List<String> features, String output) {
    LeakGapTrainings trainings = new LeakGapTrainings(with(config, "features", features));
    return Stream.of(SplitProtocol.values())
        .map(
            protocol ->
                trainings.by(
                    protocol, "%s/%s/%s".formatted(output, LeakGap.UNFINISHED, protocol.label())))
        .toList();
  }

  /** Checkpoints of each have a place of their own. */
  private TrainConfig by(SplitProtocol protocol, String output) {
    Config training = with(with(config, "output", output), "split", protocol.label());
    if (!validates) {
      training = with(training, VALIDATION, "none");
    }
    return TrainConfig.from(protocol == SplitProtocol.SPEAKERS ? training : atRandom(training));
  }

  /** Which speakers are tested means nothing to a random split. */
  private Config atRandom(Config training) {
    Config nobodyNamed =
        with(
            with(with(training, "folds", "none"), "test-speakers", List.of()),
            "test-corpora",
            List.of());
    return validates
        ? with(with(nobodyNamed, VALIDATION, "draw"), "random-validation-share", randomShare)
        : nobodyNamed;
  }

  private static Config with(Config config, String key, Object value) {
    return config.withValue(GROUP + "." + key, ConfigValueFactory.fromAnyRef(value));
  }
}
