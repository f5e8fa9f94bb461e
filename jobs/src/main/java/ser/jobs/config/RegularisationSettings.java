package ser.jobs.config;

import com.typesafe.config.Config;
import ser.model.input.Regularisation;
import ser.model.input.SpecAugment;
import ser.model.input.Splice;

/** Reads what training rows go through: some keys of {@code ser.train}. */
final class RegularisationSettings {
  private RegularisationSettings() {}

  static Regularisation from(Config config) {
    Settings settings = new Settings(config, "ser.train");
    Settings masks = new Settings(config, "ser.train.spec-augment");
    SpecAugment specAugment =
        masks.checked(
            () ->
                new SpecAugment(
                    masks.integer("row-masks"),
                    masks.integer("rows"),
                    masks.integer("frame-masks"),
                    masks.integer("frames")));
    return settings.checked(
        () ->
            new Regularisation(
                settings.decimal("label-smoothing"),
                settings.decimal("mixup-alpha"),
                new Splice(settings.decimal("splice-share")),
                specAugment));
  }
}
