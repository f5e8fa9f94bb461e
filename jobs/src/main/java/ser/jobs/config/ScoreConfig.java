package ser.jobs.config;

import com.typesafe.config.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import ser.features.spec.FeatureSpec;
import ser.model.drift.DriftLimits;
import ser.model.file.ModelFile;
import ser.model.scoring.ChannelChoice;
import ser.model.scoring.ScoringEngine;
import ser.model.scoring.Segmentation;
import ser.model.scoring.SpeechDetector;

/**
 * What {@code ser score} does.
 *
 * @param model the model file
 * @param recordings where recordings come from and how they are spread
 * @param output folder or prefix of the tables
 * @param windows how recordings are cut; empty values are the model's
 * @param customerChannel what is scored of recordings with several channels of which the details
 *     say nothing
 * @param details what is known of recordings beside their sound
 * @param askedFeatures settings that ser.features asks for, where it says anything: the model must
 *     have them
 * @param speech which windows have speech
 * @param emotions when an emotion is named, and how windows are joined
 * @param reprocessQuarantine whether recordings in quarantine are tried again
 * @param engine what runs the network
 * @param report what its report picks out
 * @param drift from where on a run is no longer like the training data
 * @param splitBytes recordings larger than this are read by several tasks where their format and
 *     the model allow: {@link #splitBytesOf}
 */
public record ScoreConfig(
    String model,
    RecordingSource recordings,
    String output,
    WindowSettings windows,
    ChannelChoice customerChannel,
    DetailSettings details,
    Optional<FeatureSpec> askedFeatures,
    SpeechDetector speech,
    EmotionRules emotions,
    boolean reprocessQuarantine,
    ScoringEngine engine,
    ReportRules report,
    DriftLimits drift,
    long splitBytes) {

  private static final String GROUP = "ser.score";
  private static final String STANDARD = "standard";
  private static final String LEVEL = "speech-above-dbfs";
  private static final String CROSSINGS = "speech-crossings-per-s";
  private static final String MIN_SPEECH = "speech-min-s";

  /**
   * @param windowS length in seconds
   * @param hopS step in seconds
   */
  public record WindowSettings(OptionalDouble windowS, OptionalDouble hopS) {
    public WindowSettings {
      requirePositive("window-s", windowS);
      requirePositive("hop-s", hopS);
    }

    private static void requirePositive(String key, OptionalDouble value) {
      if (value.isPresent() && !(value.getAsDouble() > 0)) {
        throw new IllegalArgumentException(
            "%s %s must be above 0".formatted(key, value.getAsDouble()));
      }
    }
  }

  /**
   * @param abstainBelow least probability of an emotion that is named, from 0 to 1; empty for what
   *     the model's calibration says
   * @param smoothingWindows how many windows are averaged before they are joined to segments, odd
   */
  public record EmotionRules(OptionalDouble abstainBelow, int smoothingWindows) {
    public EmotionRules {
      if (abstainBelow.isPresent()
          && !(abstainBelow.getAsDouble() >= 0 && abstainBelow.getAsDouble() <= 1)) {
        throw new IllegalArgumentException(
            "abstain-below %s must be from 0 to 1".formatted(abstainBelow.getAsDouble()));
      }
      if (smoothingWindows < 1 || smoothingWindows % 2 == 0) {
        throw new IllegalArgumentException(
            "smoothing-windows %d must be an odd number above 0".formatted(smoothingWindows));
      }
    }

    /** The rules of a model. */
    public Segmentation of(ModelFile model) {
      return new Segmentation(
          model.labels(),
          smoothingWindows,
          abstainBelow.orElse(model.calibration().abstainBelow()));
    }
  }

  public ScoreConfig {
    if (splitBytes <= 0) {
      throw new IllegalArgumentException("split-bytes %d must be above 0".formatted(splitBytes));
    }
  }

  public static ScoreConfig from(Config config) {
    Settings settings = new Settings(config, GROUP);
    String model = settings.required("model", "--model");
    RecordingSource recordings = RecordingSource.from(config, GROUP);
    String output = settings.required("output", "--output");
    return settings.checked(
        () ->
            new ScoreConfig(
                model,
                recordings,
                output,
                new WindowSettings(modelOr(settings, "window-s"), modelOr(settings, "hop-s")),
                channelOf(settings),
                DetailSettings.from(settings),
                Optional.of(FeatureSettings.from(config))
                    .filter(spec -> !spec.equals(FeatureSpec.librosa())),
                speechOf(settings),
                new EmotionRules(
                    modelOr(settings, "abstain-below"), settings.integer("smoothing-windows")),
                settings.truth("reprocess-quarantine"),
                engineOf(settings),
                ReportRules.from(config),
                driftOf(config),
                settings.number("split-bytes")));
  }

  /** The same for one model: where scores are normalised by speaker, one task knows them all. */
  public long splitBytesOf(ModelFile model) {
    return model.scores().bySpeaker() ? Long.MAX_VALUE : splitBytes;
  }

  /** All that decides what is said of a recording, beside the model. */
  public Map<String, String> rules() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("window_s", said(windows.windowS()));
    rules.put("hop_s", said(windows.hopS()));
    rules.put("customer_channel", customerChannel.toString());
    rules.put("speech_above_dbfs", Double.toString(speech.aboveDbfs()));
    rules.put("speech_crossings_per_s", speech.leastCrossings() + "-" + speech.mostCrossings());
    rules.put("speech_min_s", Double.toString(speech.minSpeechS()));
    rules.put("abstain_below", said(emotions.abstainBelow()));
    rules.put("smoothing_windows", Integer.toString(emotions.smoothingWindows()));
    rules.putAll(details.rules());
    return rules;
  }

  private static String said(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "model";
  }

  private static DriftLimits driftOf(Config config) {
    Settings settings = new Settings(config, GROUP + ".drift");
    return settings.checked(
        () ->
            new DriftLimits(
                settings.decimal("emotion-psi"),
                settings.decimal("confidence-change"),
                settings.decimal("input-shift"),
                settings.decimal("narrow-share")));
  }

  private static ChannelChoice channelOf(Settings settings) {
    return settings.checked(
        () -> ChannelChoice.parse(settings.text("customer-channel")), "customer-channel");
  }

  private static SpeechDetector speechOf(Settings settings) {
    SpeechDetector standard = SpeechDetector.standard();
    List<Double> crossings =
        settings.list(CROSSINGS).equals(List.of(STANDARD))
            ? List.of(standard.leastCrossings(), standard.mostCrossings())
            : settings.decimals(CROSSINGS);
    return settings.checked(
        () -> {
          if (crossings.size() != 2) {
            throw new IllegalArgumentException(
                "%d numbers are no range".formatted(crossings.size()));
          }
          return new SpeechDetector(
              settings.says(LEVEL, STANDARD) ? standard.aboveDbfs() : settings.decimal(LEVEL),
              crossings.get(0),
              crossings.get(1),
              settings.says(MIN_SPEECH, STANDARD)
                  ? standard.minSpeechS()
                  : settings.decimal(MIN_SPEECH));
        },
        LEVEL,
        CROSSINGS,
        MIN_SPEECH);
  }

  private static ScoringEngine engineOf(Settings settings) {
    return settings.checked(() -> ScoringEngine.ofLabel(settings.text("engine")), "engine");
  }

  private static OptionalDouble modelOr(Settings settings, String key) {
    return settings.says(key, "model")
        ? OptionalDouble.empty()
        : OptionalDouble.of(settings.decimal(key));
  }
}
