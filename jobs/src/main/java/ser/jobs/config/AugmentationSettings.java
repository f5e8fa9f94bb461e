package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import ser.features.augment.Augmentation;
import ser.features.augment.AugmentationPlan;
import ser.features.augment.AugmentationPlan.Copies;
import ser.features.augment.CompandingLaw;
import ser.features.augment.GaussianNoise;
import ser.features.augment.PitchShift;
import ser.features.augment.Range;
import ser.features.augment.SpeedChange;
import ser.features.augment.TelephoneBand;
import ser.features.augment.TimeStretch;
import ser.features.spec.FeatureSpec;
import ser.jobs.error.UserError;

/** Reads {@code ser.extract.augment}. */
final class AugmentationSettings {
  private static final String ANY = "any";

  private final Settings settings;

  private AugmentationSettings(Settings settings) {
    this.settings = settings;
  }

  /**
   * All kinds, those without copies too.
   *
   * @param spec what is extracted of the copies
   */
  static AugmentationPlan from(Config config, FeatureSpec spec) {
    Settings settings = new Settings(config, "ser.extract.augment");
    AugmentationSettings kinds = new AugmentationSettings(settings);
    List<Copies> copies =
        List.of(
            kinds.ranged("noise", "snr-db", GaussianNoise::new),
            kinds.ranged("pitch", "semitones", PitchShift::new),
            kinds.ranged("stretch", "rate", TimeStretch::new),
            kinds.ranged("speed", "factor", SpeedChange::new),
            kinds.telephone(spec));
    return new AugmentationPlan(settings.number("seed"), copies);
  }

  private Copies ranged(String kind, String parameter, Function<Range, Augmentation> make) {
    String key = kind + "." + parameter;
    List<Double> ends = settings.decimals(key);
    return copies(
        kind,
        settings.checked(
            () -> {
              if (ends.size() != 2) {
                throw new IllegalArgumentException(
                    "%s must be two numbers, as [smallest, largest]".formatted(ends));
              }
              return make.apply(new Range(ends.get(0), ends.get(1)));
            },
            key));
  }

  private Copies telephone(FeatureSpec spec) {
    String key = "telephone.law";
    Copies copies =
        copies(
            "telephone",
            settings.checked(
                () ->
                    new TelephoneBand(
                        settings.says(key, ANY)
                            ? EnumSet.allOf(CompandingLaw.class)
                            : EnumSet.of(CompandingLaw.ofLabel(settings.text(key)))),
                key));
    if (copies.perRecording() > 0) {
      requireFits(spec);
    }
    return copies;
  }

  /** Recordings that keep their own rate have that of a telephone in such a copy. */
  private static void requireFits(FeatureSpec spec) {
    try {
      spec.requireFits(TelephoneBand.RATE_HZ);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "Cannot make copies as ser.extract.augment.telephone.copies asks for: with ser.features.sample-rate-hz = native they have %d Hz, and %s. Set a rate, other features, or no such copies."
              .formatted(TelephoneBand.RATE_HZ, e.getMessage()),
          e);
    }
  }

  private Copies copies(String kind, Augmentation augmentation) {
    String key = kind + ".copies";
    return settings.checked(() -> new Copies(augmentation, settings.decimal(key)), key);
  }
}
