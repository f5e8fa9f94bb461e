package ser.model.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** An {@link Assessment} as report.json has it. */
public final class AssessmentJson {
  /** Groups that are listed; a corpus of thousands of speakers must not fill the model's header. */
  private static final int MOST_GROUPS = 200;

  private AssessmentJson() {}

  /**
   * Beside what {@link ClassificationReport#toJson} has: {@code labels}, {@code confusion} (shape
   * [actual][predicted]), {@code uar_range}, {@code by_speaker}, {@code by_gender}, {@code
   * by_intensity}, {@code by_corpus}, {@code calibration}, {@code coverage}, {@code confused},
   * {@code hardest}. Of more than {@value #MOST_GROUPS} groups those with the most recordings are
   * listed.
   */
  public static ObjectNode of(Assessment assessment) {
    ObjectNode json = assessment.report().toJson();
    ArrayNode labels = json.putArray("labels");
    assessment.confusion().labels().forEach(label -> labels.add(label.label()));
    json.set("confusion", matrix(assessment.confusion().toArray()));
    assessment
        .range()
        .ifPresentOrElse(
            range -> json.set("uar_range", range(range)), () -> json.putNull("uar_range"));
    json.set("by_speaker", groups(assessment.groups().speakers()));
    json.set("by_gender", groups(assessment.groups().genders()));
    json.set("by_intensity", groups(assessment.groups().intensities()));
    json.set("by_corpus", groups(assessment.groups().corpora()));
    json.set("calibration", calibration(assessment.confidence().calibration()));
    json.set("coverage", coverage(assessment.confidence().coverage()));
    json.set("confused", confused(assessment.mistakes().pairs()));
    json.set("hardest", hardest(assessment.mistakes().hardest()));
    return json;
  }

  /**
   * A list of {@code name}, {@code recordings}, {@code accuracy}, {@code uar}, {@code macro_f1}.
   */
  public static ArrayNode groups(SortedMap<String, ClassificationReport> groups) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    groups.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, ClassificationReport> group) ->
                        group.getValue().recordings())
                .reversed())
        .limit(MOST_GROUPS)
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            group ->
                list.addObject()
                    .put("name", group.getKey())
                    .put("recordings", group.getValue().recordings())
                    .put("accuracy", group.getValue().accuracy())
                    .put("uar", group.getValue().uar())
                    .put("macro_f1", group.getValue().macroF1()));
    return list;
  }

  private static ArrayNode matrix(long[][] counts) {
    ArrayNode matrix = JsonNodeFactory.instance.arrayNode();
    for (long[] row : counts) {
      ArrayNode cells = matrix.addArray();
      for (long count : row) {
        cells.add(count);
      }
    }
    return matrix;
  }

  private static ObjectNode range(SpeakerBootstrap range) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("lower", range.lower())
        .put("upper", range.upper())
        .put("level", SpeakerBootstrap.LEVEL)
        .put("speakers", range.speakers())
        .put("draws", range.draws())
        .put("seed", range.seed());
  }

  private static ObjectNode calibration(Calibration calibration) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("ece", calibration.ece());
    ArrayNode bins = json.putArray("bins");
    for (Calibration.Bin bin : calibration.bins()) {
      bins.addObject()
          .put("from", bin.from())
          .put("to", bin.to())
          .put("recordings", bin.recordings())
          .put("confidence", bin.confidence())
          .put("accuracy", bin.accuracy());
    }
    return json;
  }

  private static ArrayNode coverage(Coverage coverage) {
    ArrayNode points = JsonNodeFactory.instance.arrayNode();
    for (Coverage.Point point : coverage.points()) {
      points
          .addObject()
          .put("share", point.share())
          .put("recordings", point.recordings())
          .put("accuracy", point.accuracy())
          .put("confidence", point.confidence());
    }
    return points;
  }

  private static ArrayNode confused(List<ConfusedPair> pairs) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (ConfusedPair pair : pairs) {
      list.addObject()
          .put("actual", pair.actual().label())
          .put("predicted", pair.predicted().label())
          .put("recordings", pair.recordings())
          .put("share", pair.share());
    }
    return list;
  }

  private static ArrayNode hardest(List<Assessment.Hard> recordings) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Assessment.Hard hard : recordings) {
      list.addObject()
          .put("recording", hard.prediction().subject().recording())
          .put("speaker", hard.prediction().subject().speaker())
          .put("actual", hard.prediction().actual().label())
          .put("predicted", hard.predicted().label())
          .put("probability", hard.probability())
          .put("confidence", hard.prediction().confidence());
    }
    return list;
  }
}
