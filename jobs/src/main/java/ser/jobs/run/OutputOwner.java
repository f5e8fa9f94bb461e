package ser.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import ser.jobs.error.UserError;
import ser.jobs.storage.RunRecords;
import ser.jobs.storage.Storage;

/** Whose an output is, for jobs that would replace the reports of another kind of job there. */
public final class OutputOwner {
  private static final String REPORT = "/report.json";
  private static final long LIMIT_BYTES = 1L << 30;

  private OutputOwner() {}

  /**
   * A training's report is the one that its model relies on, and nothing makes it again.
   *
   * @param what would be written, for the message
   * @param example of a folder for it under the output
   * @throws UserError if a training's report stands in the output
   */
  public static void requireNoTraining(
      Storage storage, String output, String what, String example) {
    String path = output + REPORT;
    if (storage.exists(path) && isOfTraining(storage.read(path, LIMIT_BYTES))) {
      throw new UserError(
          "Cannot write %s to %s: %s is the report of a training. Give another --output, such as %s/%s."
              .formatted(what, output, path, output, example));
    }
  }

  /**
   * @param what would be written, for the message
   * @param example of a folder for it under the output
   * @throws UserError if the output has tables, whose page it would replace
   */
  public static void requireNoTables(Storage storage, String output, String what, String example) {
    List<String> tables = RunRecords.tables(storage, output);
    if (!tables.isEmpty()) {
      throw new UserError(
          "Cannot write %s to %s: its report.html is of the run that has written the tables %s there. Give another --output, such as %s/%s."
              .formatted(what, output, String.join(", ", tables), output, example));
    }
  }

  /** Evaluations say of what kind they are. */
  private static boolean isOfTraining(byte[] file) {
    try {
      JsonNode report = new ObjectMapper().readTree(file);
      return report.has("recipe") && !report.has("kind");
    } catch (IOException e) {
      return false;
    }
  }
}
