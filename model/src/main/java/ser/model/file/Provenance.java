package ser.model.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.Objects;
import ser.model.split.Split;

/**
 * Where a model comes from and how good it was found to be.
 *
 * @param split how the recordings were divided
 * @param seed of the training: weights, order of examples, dropout
 * @param metrics the report on the test set; copied
 * @param data tables and licences
 * @param commit of the program that trained it; empty if it is not known
 * @param configuration the whole configuration of the run, as text, without secrets
 */
public record Provenance(
    Split split,
    long seed,
    ObjectNode metrics,
    TrainingData data,
    String commit,
    String configuration)
    implements Serializable {
  public Provenance {
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(configuration, "configuration");
    metrics = metrics.deepCopy();
  }

  @Override
  public ObjectNode metrics() {
    return metrics.deepCopy();
  }
}
