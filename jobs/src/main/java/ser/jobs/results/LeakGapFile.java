package ser.jobs.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.storage.Storage;

/** The report of {@code ser evaluate --leak-gap}, where it stands beside a model. */
public final class LeakGapFile {
  private static final Logger LOG = LoggerFactory.getLogger(LeakGapFile.class);
  private static final long LIMIT_BYTES = 16 << 20;

  private LeakGapFile() {}

  /**
   * {@code OUTPUT/leak-gap/report.json}, if it is about the same recipe and tables as a training.
   *
   * @param report of the training
   */
  public static Optional<JsonNode> beside(Storage storage, String output, JsonNode report) {
    String path = output + "/leak-gap/report.json";
    if (!storage.exists(path)) {
      return Optional.empty();
    }
    try {
      JsonNode gap = new ObjectMapper().readTree(storage.read(path, LIMIT_BYTES));
      if (gap.path("protocols").isEmpty() || !same(gap, report)) {
        LOG.warn(
            "{} is about another recipe, other tables or another normalisation: the report goes without it",
            path);
        return Optional.empty();
      }
      return Optional.of(gap);
    } catch (IOException e) {
      LOG.warn("{} is no report: the report goes without it", path, e);
      return Optional.empty();
    }
  }

  private static boolean same(JsonNode gap, JsonNode report) {
    return gap.path("recipe").equals(report.path("recipe"))
        && gap.path("normalise").equals(report.path("normalise"))
        && gap.path("speaker_scores").asBoolean()
            == report.at("/speaker_normalisation/scores").asBoolean()
        // As text: a number that was read and one that was put may be of two classes.
        && gap.at("/provenance/data").toString().equals(report.at("/provenance/data").toString());
  }
}
