package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ser.features.spec.Feature;
import ser.jobs.config.NormaliseSettings;
import ser.jobs.config.VariantChoice;
import ser.model.Emotion;
import ser.model.input.InputFit;
import ser.model.input.InputRows;
import ser.model.input.InputSpec;
import ser.model.input.Normalisation;
import ser.model.input.Normalisation.Speaker.Deviation;
import ser.model.split.Side;
import ser.model.split.SpeakerSplit;

/** What the network sees of speakers whose voices differ, by corpus and by speaker. */
class InputPreparationIT {
  private static final int FRAMES = 20;
  private static final double FRAME_S = 0.5;
  private static final int TAKES = 12;

  private static final InputSpec INPUT =
      new InputSpec(
          List.of(List.of(new InputRows(Feature.ZCR, 1, 0))),
          InputFit.untrimmed(FRAMES, InputFit.Crop.START, InputFit.Padding.SILENCE),
          80);

  private static final SpeakerSplit SPLIT =
      new SpeakerSplit(Set.of("c-1", "c-2"), Set.of(), Set.of("c-3"), 1);

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.default.parallelism", 2)
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void givenTheCorpus_whenNormalised_thenTrainingHasMeanZeroAndVoicesStillDiffer() {
    List<LabelledInput> training = inputs(new Normalisation.Corpus(), 0, 1, Side.TRAINING);

    assertThat(mean(training)).isCloseTo(0, within(1e-4));
    assertThat(deviation(training)).isCloseTo(1, within(1e-4));
    assertThat(mean(of(training, "c-1", "original"))).isLessThan(-0.5);
    assertThat(mean(of(training, "c-2", "original"))).isGreaterThan(0.3);
  }

  @Test
  void givenNoPrior_whenNormalisedBySpeaker_thenEachVoiceOfEachSideHasMeanZeroAndDeviationOne() {
    Normalisation rule = new Normalisation.Speaker(0, Deviation.BLENDED);

    for (List<LabelledInput> rows :
        List.of(
            of(inputs(rule, 0, 1, Side.TRAINING), "c-1", "original"),
            of(inputs(rule, 0, 1, Side.TRAINING), "c-2", "original"),
            // Its copies are another voice: ten units higher.
            of(inputs(rule, 0, 1, Side.TRAINING), "c-2", "telephone"),
            inputs(rule, 0, 1, Side.TEST))) {
      assertThat(rows).hasSize(TAKES);
      assertThat(mean(rows)).isCloseTo(0, within(1e-4));
      assertThat(deviation(rows)).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void givenAPrior_whenNormalisedBySpeaker_thenHisSecondsCountAgainstIt() {
    // 12 takes of 20 frames of half a second are 120 s: as much as the prior.
    List<LabelledInput> blended =
        inputs(new Normalisation.Speaker(120, Deviation.CORPUS), 0, 1, Side.TEST);
    List<LabelledInput> corpus = inputs(new Normalisation.Corpus(), 0, 1, Side.TEST);

    assertThat(mean(blended)).isCloseTo(mean(corpus) / 2, within(1e-4));
    assertThat(deviation(blended)).isCloseTo(deviation(corpus), within(1e-4));
    assertThat(mean(inputs(new Normalisation.Speaker(1e9, Deviation.BLENDED), 0, 1, Side.TEST)))
        .as("the training set outweighs him")
        .isCloseTo(mean(corpus), within(1e-3));
  }

  @Test
  void givenOtherPartitions_whenNormalisedBySpeaker_thenTheInputsAreTheSame() {
    Normalisation rule = new Normalisation.Speaker(60, Deviation.BLENDED);
    Map<String, float[]> one = byName(inputs(rule, 3, 1, Side.TRAINING));
    Map<String, float[]> seven = byName(inputs(rule, 3, 7, Side.TRAINING));

    assertThat(seven.keySet()).isEqualTo(one.keySet());
    one.forEach(
        (name, values) -> assertThat(seven.get(name)).containsExactly(values, within(1e-5f)));
  }

  @Test
  void givenMixes_whenNormalisedBySpeaker_thenTrainingRowsDifferInThemAndTestRowsDoNot() {
    Normalisation rule = new Normalisation.Speaker(1, Deviation.BLENDED);
    Map<String, float[]> whole = byName(inputs(rule, 0, 1, Side.TRAINING));
    Map<String, float[]> mixed = byName(inputs(rule, 5, 1, Side.TRAINING));

    long changed =
        whole.keySet().stream().filter(name -> !equal(whole.get(name), mixed.get(name))).count();
    assertThat(changed).isBetween(whole.size() / 2L, whole.size() - 1L);
    assertThat(byName(inputs(rule, 5, 1, Side.TRAINING)).entrySet())
        .allSatisfy(row -> assertThat(row.getValue()).isEqualTo(mixed.get(row.getKey())));
    Map<String, float[]> tested = byName(inputs(rule, 5, 1, Side.TEST));
    byName(inputs(rule, 0, 1, Side.TEST))
        .forEach((name, values) -> assertThat(tested.get(name)).isEqualTo(values));
  }

  private static List<LabelledInput> inputs(
      Normalisation rule, int mixes, int partitions, Side side) {
    SideRows rows =
        new SideRows(table().repartition(partitions), new VariantChoice(Optional.empty()));
    InputPreparation preparation =
        new InputPreparation(rows, INPUT, FRAME_S, SPLIT, List.of(Emotion.NEUTRAL, Emotion.SAD));
    FittedInput fitted = preparation.fit(new NormaliseSettings(rule, mixes, false), 7);
    return preparation.inputsOf(side, fitted).collect();
  }

  /** Three speakers at 0, 20 and 40 with spreads of their own; two of them with copies at +10. */
  private static Dataset<Row> table() {
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int speaker = 1; speaker <= 3; speaker++) {
      for (int take = 0; take < TAKES; take++) {
        float[] values = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
          values[i] = 20f * (speaker - 1) + take + speaker * (float) random.nextGaussian();
        }
        rows.add(row(speaker, take, "original", values));
        float[] copy = values.clone();
        for (int i = 0; i < FRAMES; i++) {
          copy[i] += 10;
        }
        rows.add(row(speaker, take, "telephone", copy));
      }
    }
    return spark.createDataFrame(
        rows,
        StructType.fromDDL(
            "recording string, variant string, speaker string, emotion string, frames int,"
                + " corpus string, gender string, intensity string, zcr array<float>"));
  }

  private static Row row(int speaker, int take, String variant, float[] values) {
    return RowFactory.create(
        "c-%d/%d.wav".formatted(speaker, take),
        variant,
        "c-" + speaker,
        take % 4 == 0 ? "neutral" : "sad",
        FRAMES,
        "c",
        "unknown",
        "",
        values);
  }

  private static List<LabelledInput> of(List<LabelledInput> rows, String speaker, String variant) {
    return rows.stream()
        .filter(row -> row.recording().startsWith(speaker) && row.variant().equals(variant))
        .toList();
  }

  private static Map<String, float[]> byName(List<LabelledInput> rows) {
    return rows.stream()
        .collect(
            Collectors.toMap(
                row -> row.recording() + " " + row.variant(),
                LabelledInput::values,
                (one, other) -> one,
                TreeMap::new));
  }

  private static boolean equal(float[] one, float[] other) {
    return java.util.Arrays.equals(one, other);
  }

  private static double mean(List<LabelledInput> rows) {
    return rows.stream()
        .flatMapToDouble(row -> IntStream.range(0, FRAMES).mapToDouble(i -> row.values()[i]))
        .average()
        .orElseThrow();
  }

  private static double deviation(List<LabelledInput> rows) {
    double mean = mean(rows);
    return Math.sqrt(
        rows.stream()
            .flatMapToDouble(
                row ->
                    IntStream.range(0, FRAMES)
                        .mapToDouble(i -> (row.values()[i] - mean) * (row.values()[i] - mean)))
            .average()
            .orElseThrow());
  }
}
