package ser.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import ser.jobs.results.LeakGapFile;
import ser.jobs.results.TrainPage;
import ser.jobs.run.JobContext;
import ser.model.file.ModelFile;

/** {@code report.json}, {@code report.html} and {@code model.safetensors}, in this order. */
final class TrainOutput {
  private TrainOutput() {}

  static void write(JobContext context, String output, ObjectNode report, ModelFile model) {
    context.describe("Write model and report");
    writeReport(context, output, report);
    // Last: who sees the model may rely on its report.
    context.storage().write(output + "/model.safetensors", model.toBytes());
  }

  static void writeReport(JobContext context, String output, ObjectNode report) {
    context
        .storage()
        .write(output + "/report.json", report.toPrettyString().getBytes(StandardCharsets.UTF_8));
    TrainPage page = new TrainPage(report, LeakGapFile.beside(context.storage(), output, report));
    context.storage().write(output + "/report.html", page.toBytes(context.configuration()));
  }
}
