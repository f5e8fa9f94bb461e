package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.model.input.InputFit;
import ser.model.input.InputRows;
import ser.model.input.InputSpec;

/**
 * Which features a network sees, and how many frames of them.
 *
 * @param channels each a stack of rows, joined by +; rows are written as {@link InputRows}, or as
 *     {@code log_mel} or {@code log_mel:delta} for as many as the table has
 * @param fit from any number of frames to the input's
 */
public record InputSettings(List<String> channels, InputFit fit) {
  private static final String GROUP = "ser.train.input";

  public InputSettings {
    channels = List.copyOf(channels);
  }

  static InputSettings from(Config config) {
    Settings settings = new Settings(config, GROUP);
    List<String> channels = settings.requiredList("channels", "them");
    InputFit fit =
        settings.checked(
            () ->
                new InputFit(
                    settings.integer("frames"),
                    InputFit.Crop.ofLabel(settings.text("crop")),
                    InputFit.Padding.ofLabel(settings.text("padding")),
                    settings.says("trim-db", "none") ? 0 : settings.decimal("trim-db"),
                    InputFit.Trim.ofLabel(settings.text("trim")),
                    InputFit.Level.ofLabel(settings.text("level"))),
            "frames",
            "crop",
            "padding",
            "trim-db",
            "trim",
            "level");
    InputSettings input = new InputSettings(channels, fit);
    // Wrong names are found before a table is read; rows need the table.
    settings.checked(() -> input.of(FeatureSpec.librosa()), "channels");
    return input;
  }

  /**
   * The input made from the features of a table.
   *
   * @throws IllegalArgumentException if a channel is not well-formed, or channels differ in height
   */
  public InputSpec of(FeatureSpec spec) {
    return new InputSpec(
        channels.stream()
            .map(
                channel -> Stream.of(channel.split("\\+")).map(rows -> rowsOf(rows, spec)).toList())
            .toList(),
        fit,
        spec.mel().topDb());
  }

  private static InputRows rowsOf(String text, FeatureSpec spec) {
    List<String> parts = new ArrayList<>(List.of(text.strip().split(":", -1)));
    if (parts.size() == 1 || parts.get(1).startsWith("delta")) {
      parts.add(1, Integer.toString(spec.coefficientsOf(Feature.ofColumnName(parts.get(0)))));
    }
    return InputRows.parse(String.join(":", parts));
  }
}
