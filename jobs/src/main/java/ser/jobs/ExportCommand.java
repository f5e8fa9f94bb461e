package ser.jobs;

import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ser.jobs.config.ExportConfig;
import ser.jobs.export.ExportJob;
import ser.jobs.storage.Storage;

/** {@code ser export}. */
@Command(
    name = "export",
    description = "A model file as ONNX, for other programs.",
    mixinStandardHelpOptions = true)
final class ExportCommand extends Ser.JobCommand {
  ExportCommand(JobRunner runner) {
    super(runner);
  }

  @Option(names = "--model", paramLabel = "FILE", description = "model.safetensors of a train run.")
  void model(String value) {
    flag("ser.export.model", value);
  }

  @Option(names = "--format", paramLabel = "NAME", description = "What is written: onnx.")
  void format(String value) {
    flag("ser.export.format", value);
  }

  @Option(
      names = "--output",
      paramLabel = "URI",
      description = "The file, if it ends in .onnx; else a folder that gets model.onnx.")
  void output(String value) {
    flag("ser.export.output", value);
  }

  @Override
  public Integer call() {
    return runWithoutSpark(
        "export",
        ExportConfig::from,
        (config, dryRun) ->
            ExportJob.run(
                // What spark-submit was told about S3 holds here too.
                new Storage(SparkHadoopUtil.get().newConfiguration(new SparkConf())),
                config,
                dryRun));
  }
}
