package ser.jobs.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.jobs.tables.TrainingRows.FeatureRow;
import ser.model.file.ModelInput;
import ser.model.input.HeardSpeaker;
import ser.model.input.NormaliserStatistics;

/**
 * What each speaker's recordings are normalised by, for a model that is normalised by speaker: his
 * statistics over all the rows that judge, blended by the model's rule. No label is used.
 */
final class SpeakerNormalisers {
  private SpeakerNormalisers() {}

  /**
   * By speaker; empty for a model that is normalised by its training set. One pair of numbers per
   * row of the input, speaker and partition comes to the driver.
   *
   * @param columns the features in the order of the rows' matrices
   */
  static Map<String, HeardSpeaker> of(
      ModelInput input, JavaRDD<FeatureRow> rows, List<Feature> columns) {
    Map<String, HeardSpeaker> normalisers = new TreeMap<>();
    if (!input.bySpeaker()) {
      return normalisers;
    }
    Map<String, NormaliserStatistics> bySpeaker = new TreeMap<>();
    // In the order of the partitions: a sum depends on it.
    rows.mapPartitions(partition -> measured(input, columns, partition))
        .collect()
        .forEach(
            part -> bySpeaker.computeIfAbsent(part._1(), speaker -> none(input)).merge(part._2()));
    bySpeaker.forEach((speaker, statistics) -> normalisers.put(speaker, heard(input, statistics)));
    return normalisers;
  }

  private static HeardSpeaker heard(ModelInput input, NormaliserStatistics statistics) {
    double speechS = statistics.frames() * secondsPerFrame(input.featureSpec());
    return new HeardSpeaker(
        input.normalisation().of(input.normaliser(), statistics, speechS), speechS);
  }

  private static Iterator<Tuple2<String, NormaliserStatistics>> measured(
      ModelInput input, List<Feature> columns, Iterator<FeatureRow> rows) {
    Map<String, NormaliserStatistics> parts = new HashMap<>();
    while (rows.hasNext()) {
      FeatureRow row = rows.next();
      NormaliserStatistics part = parts.computeIfAbsent(row.speaker(), speaker -> none(input));
      input
          .inputSpec()
          .apart(feature -> row.matrices().get(columns.indexOf(feature)))
          .forEach(part::add);
    }
    List<Tuple2<String, NormaliserStatistics>> list = new ArrayList<>();
    parts.forEach((speaker, part) -> list.add(new Tuple2<>(speaker, part)));
    return list.iterator();
  }

  private static NormaliserStatistics none(ModelInput input) {
    return new NormaliserStatistics(input.inputSpec().allRows());
  }

  private static double secondsPerFrame(FeatureSpec spec) {
    return (double) spec.frames().hopLength() / spec.sampleRateHz();
  }
}
