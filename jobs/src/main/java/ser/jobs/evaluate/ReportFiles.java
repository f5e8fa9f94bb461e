package ser.jobs.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import ser.jobs.error.UserError;
import ser.jobs.run.BuildInfo;
import ser.jobs.run.JobContext;
import ser.jobs.storage.Storage;
import ser.model.file.TrainingData;

/** {@code report.json} and {@code report.html} of an evaluation. */
final class ReportFiles {
  static final int SCHEMA_VERSION = 1;

  private static final String REPORT = "/report.json";
  private static final long LIMIT_BYTES = 1L << 30;

  private ReportFiles() {}

  /**
   * A training's report is the one that its model relies on, and nothing makes it again.
   *
   * @throws UserError if one stands in the output
   */
  static void requireNoTraining(Storage storage, String output) {
    String path = output + REPORT;
    if (storage.exists(path) && isOfTraining(storage.read(path, LIMIT_BYTES))) {
      throw new UserError(
          "Cannot write an evaluation to %s: %s is the report of a training. Give another --output, such as %s/evaluation."
              .formatted(output, path, output));
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

  static void write(JobContext context, String output, ObjectNode report, byte[] page) {
    context.describe("Write the report");
    context
        .storage()
        .write(output + REPORT, report.toPrettyString().getBytes(StandardCharsets.UTF_8));
    context.storage().write(output + "/report.html", page);
  }

  /** Adds {@code provenance}: commit, tables with their rows, licences by corpus. */
  static void putProvenance(ObjectNode report, TrainingData data) {
    ObjectNode provenance = report.putObject("provenance");
    provenance.put("commit", BuildInfo.commit());
    ArrayNode tables = provenance.putArray("data");
    data.tables()
        .forEach(table -> tables.addObject().put("path", table.path()).put("rows", table.rows()));
    ObjectNode licences = provenance.putObject("licences");
    data.licences().forEach(licences::put);
  }

  static double rounded(double share) {
    return Math.round(share * 10_000) / 10_000.0;
  }
}
