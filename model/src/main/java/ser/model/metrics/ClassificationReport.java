package ser.model.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;

/**
 * What a report says about a set of predictions. Each number follows scikit-learn with {@code
 * zero_division=0} and without {@code labels}: classes that neither occur nor were predicted change
 * nothing.
 *
 * @param classes per class, in the order of the matrix's labels, absent classes included
 * @param accuracy correct predictions over recordings
 * @param uar unweighted average recall: mean recall over the classes that have recordings; chance
 *     is one over their number. A class without recordings does not count, even if it was predicted
 *     (scikit-learn's {@code balanced_accuracy_score})
 * @param macroF1 mean F1 over the classes that have recordings or predictions; a class that was
 *     predicted and has no recordings counts as 0
 * @param recordings how many recordings were predicted, at least 1
 */
public record ClassificationReport(
    List<ClassScores> classes, double accuracy, double uar, double macroF1, long recordings)
    implements Serializable {
  public ClassificationReport {
    classes = List.copyOf(classes);
  }

  /**
   * @throws IllegalArgumentException if the matrix is all zeros: there is no number to report then,
   *     not even 0
   */
  public static ClassificationReport of(ConfusionMatrix confusion) {
    if (confusion.total() == 0) {
      throw new IllegalArgumentException(
          "Cannot report on no predictions: the set is empty. Check the split.");
    }
    List<ClassScores> classes =
        confusion.labels().stream().map(label -> ClassScores.of(confusion, label)).toList();
    return new ClassificationReport(
        classes,
        (double) confusion.correct() / confusion.total(),
        classes.stream()
            .filter(scores -> scores.support() > 0)
            .mapToDouble(ClassScores::recall)
            .average()
            .orElseThrow(),
        classes.stream()
            .filter(ClassScores::occurs)
            .mapToDouble(ClassScores::f1)
            .average()
            .orElseThrow(),
        confusion.total());
  }

  /**
   * The keys that report.json and the model file use: {@code accuracy}, {@code uar}, {@code
   * macro_f1}, {@code recordings}, and {@code classes}, a list of {@code label}, {@code precision},
   * {@code recall}, {@code f1}, {@code support}.
   */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("accuracy", accuracy);
    json.put("uar", uar);
    json.put("macro_f1", macroF1);
    json.put("recordings", recordings);
    ArrayNode list = json.putArray("classes");
    for (ClassScores scores : classes) {
      list.addObject()
          .put("label", scores.label().label())
          .put("precision", scores.precision())
          .put("recall", scores.recall())
          .put("f1", scores.f1())
          .put("support", scores.support());
    }
    return json;
  }
}
