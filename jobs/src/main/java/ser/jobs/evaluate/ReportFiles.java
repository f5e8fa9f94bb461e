package ser.jobs.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import ser.jobs.run.BuildInfo;
import ser.jobs.run.JobContext;
import ser.model.file.TrainingData;

/** {@code report.json} and {@code report.html} of an evaluation. */
final class ReportFiles {
  static final int SCHEMA_VERSION = 1;

  private static final String REPORT = "/report.json";

  private ReportFiles() {}

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
