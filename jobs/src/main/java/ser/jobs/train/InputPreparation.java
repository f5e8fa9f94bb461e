package ser.jobs.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;
import ser.features.FeatureMatrix;
import ser.features.spec.Feature;
import ser.jobs.config.NormaliseSettings;
import ser.jobs.tables.TrainingRows;
import ser.jobs.tables.TrainingRows.FeatureRow;
import ser.model.Emotion;
import ser.model.input.HeardSpeaker;
import ser.model.input.InputMatrix;
import ser.model.input.InputSpec;
import ser.model.input.Normalisation;
import ser.model.input.Normaliser;
import ser.model.input.NormaliserStatistics;
import ser.model.split.Side;
import ser.model.split.Split;

/** From rows of the features table to the network's input: cut, then normalised. */
final class InputPreparation {
  private final SideRows features;
  private final InputSpec input;
  private final double frameS;
  private final Split split;
  private final List<Emotion> labels;

  /**
   * @param frameS seconds from one frame to the next
   */
  InputPreparation(
      SideRows features, InputSpec input, double frameS, Split split, List<Emotion> labels) {
    this.features = features;
    this.input = input;
    this.frameS = frameS;
    this.split = split;
    this.labels = List.copyOf(labels);
  }

  /**
   * Mean and deviation over all rows that are trained on, variants included: what the network sees
   * in training then has mean 0 and deviation 1. By speaker, those of each of them on each side
   * too, from his rows of that side alone.
   *
   * @param seed of the mixes of training speakers
   */
  FittedInput fit(NormaliseSettings settings, long seed) {
    SpeakerMixes mixes = new SpeakerMixes(settings.mixes(), seed);
    Measured training = measured(Side.TRAINING);
    Normaliser normaliser = training.statistics().normaliser();
    Map<Voice, HeardSpeaker> voices = new HashMap<>();
    Map<Side, RowFingerprint> voicesOf = new EnumMap<>(Side.class);
    if (settings.rule() instanceof Normalisation.Speaker rule) {
      for (Side side : Side.values()) {
        voicesOf.put(side, addVoices(side, rule, normaliser, mixes, voices));
      }
    }
    return new FittedInput(normaliser, settings.rule(), mixes, voices, training.rows(), voicesOf);
  }

  /** Inputs of the rows of one side. */
  JavaRDD<LabelledInput> inputsOf(Side side, FittedInput fitted) {
    InputSpec spec = input;
    List<Feature> columns = columns();
    List<String> names = labels.stream().map(Emotion::label).toList();
    JavaRDD<FeatureRow> rows = rowsOf(side);
    Broadcast<FittedInput> normalisers =
        JavaSparkContext.fromSparkContext(rows.context()).broadcast(fitted);
    return rows.flatMap(
        row ->
            inputsOf(
                    row,
                    names.indexOf(row.emotion()),
                    spec.allOf(matricesOf(row, columns)),
                    normalisers.value().of(side, row))
                .iterator());
  }

  /** One after the other: whoever judges the row meets its inputs together. */
  private static List<LabelledInput> inputsOf(
      FeatureRow row, int label, List<InputMatrix> matrices, Normaliser normaliser) {
    List<LabelledInput> inputs = new ArrayList<>();
    for (InputMatrix matrix : matrices) {
      normaliser.apply(matrix);
      RowPart part = new RowPart(inputs.size(), matrices.size());
      inputs.add(new LabelledInput(row.subject(), row.variant(), part, label, matrix.values()));
    }
    return inputs;
  }

  /** The kind of variant that a row is. */
  static String kindOf(FeatureRow row) {
    return row.variant().replaceAll("-[0-9]+$", "");
  }

  /**
   * Statistics of some rows, and which rows they are of.
   *
   * @param partition that they were gathered from: merged in order, they are the same bits each
   *     time
   */
  private record Measured(int partition, NormaliserStatistics statistics, RowFingerprint rows)
      implements Serializable {

    static Measured none(int partition, int bands) {
      return new Measured(partition, new NormaliserStatistics(bands), RowFingerprint.NONE);
    }

    /**
     * @param matrices of the row, none of which has a frame of another
     */
    Measured with(List<InputMatrix> matrices, FeatureRow row) {
      matrices.forEach(statistics::add);
      return new Measured(
          partition, statistics, rows.plus(RowFingerprint.of(row.recording(), row.variant())));
    }

    static Measured merged(Iterable<Measured> parts, int bands) {
      return StreamSupport.stream(parts.spliterator(), false)
          .sorted((one, other) -> Integer.compare(one.partition, other.partition))
          .reduce(
              none(0, bands),
              (one, other) ->
                  new Measured(
                      0,
                      new NormaliserStatistics(bands).merge(one.statistics).merge(other.statistics),
                      one.rows.plus(other.rows)));
    }
  }

  private Measured measured(Side side) {
    InputSpec spec = input;
    List<Feature> columns = columns();
    List<Measured> parts =
        rowsOf(side)
            .mapPartitionsWithIndex(
                (partition, rows) -> {
                  Measured measured = Measured.none(partition, spec.allRows());
                  while (rows.hasNext()) {
                    FeatureRow row = rows.next();
                    measured = measured.with(spec.apart(matricesOf(row, columns)), row);
                  }
                  return List.of(measured).iterator();
                },
                true)
            .collect();
    return Measured.merged(parts, spec.allRows());
  }

  /** The normalisers of a side's speakers; one of each comes to the driver, and no features. */
  private RowFingerprint addVoices(
      Side side,
      Normalisation.Speaker rule,
      Normaliser training,
      SpeakerMixes mixes,
      Map<Voice, HeardSpeaker> voices) {
    InputSpec spec = input;
    List<Feature> columns = columns();
    double secondsPerFrame = frameS;
    JavaPairRDD<Voice, Measured> parts =
        rowsOf(side)
            .mapPartitionsWithIndex(
                (partition, rows) -> parts(partition, rows, spec, columns, side, mixes), true)
            .mapToPair(part -> part);
    List<Tuple2<Voice, Tuple2<HeardSpeaker, RowFingerprint>>> fitted =
        parts
            .groupByKey()
            .mapValues(
                measured -> {
                  Measured all = Measured.merged(measured, spec.allRows());
                  double speechS = all.statistics().frames() * secondsPerFrame;
                  return new Tuple2<>(
                      new HeardSpeaker(rule.of(training, all.statistics(), speechS), speechS),
                      all.rows());
                })
            .collect();
    RowFingerprint rows = RowFingerprint.NONE;
    for (Tuple2<Voice, Tuple2<HeardSpeaker, RowFingerprint>> voice : fitted) {
      voices.put(voice._1(), voice._2()._1());
      rows = voice._1().mix() == 0 ? rows.plus(voice._2()._2()) : rows;
    }
    return rows;
  }

  private static Iterator<Tuple2<Voice, Measured>> parts(
      int partition,
      Iterator<FeatureRow> rows,
      InputSpec spec,
      List<Feature> columns,
      Side side,
      SpeakerMixes mixes) {
    Map<Voice, Measured> measured = new HashMap<>();
    SpeakerMixes used = side == Side.TRAINING ? mixes : new SpeakerMixes(0, mixes.seed());
    while (rows.hasNext()) {
      FeatureRow row = rows.next();
      List<InputMatrix> matrices = spec.apart(matricesOf(row, columns));
      used.holding(row.speaker(), row.recording(), row.variant(), Emotion.ofLabel(row.emotion()))
          .mapToObj(mix -> new Voice(side, row.speaker(), kindOf(row), mix))
          .forEach(
              voice ->
                  measured.compute(
                      voice,
                      (key, known) ->
                          (known == null ? Measured.none(partition, spec.allRows()) : known)
                              .with(matrices, row)));
    }
    List<Tuple2<Voice, Measured>> parts = new ArrayList<>();
    measured.forEach((voice, part) -> parts.add(new Tuple2<>(voice, part)));
    return parts.iterator();
  }

  private JavaRDD<FeatureRow> rowsOf(Side side) {
    Split drawn = split;
    return TrainingRows.of(features.of(side), columns())
        .flatMap(
            row -> {
              int copies =
                  Collections.frequency(drawn.sidesOf(row.speaker(), row.recording()), side);
              return Collections.nCopies(copies, row).iterator();
            });
  }

  private List<Feature> columns() {
    return List.copyOf(input.features());
  }

  private static Function<Feature, FeatureMatrix> matricesOf(
      FeatureRow row, List<Feature> columns) {
    return feature -> row.matrices().get(columns.indexOf(feature));
  }
}
