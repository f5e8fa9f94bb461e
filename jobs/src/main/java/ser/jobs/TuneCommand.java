package ser.jobs;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ser.jobs.config.TuneConfig;
import ser.jobs.tune.TuneJob;

/** {@code ser tune}. */
@Command(
    name = "tune",
    description = "Features and a recipe's ranges to OUTPUT/trials/ and OUTPUT/best.conf.",
    mixinStandardHelpOptions = true)
final class TuneCommand extends Ser.JobCommand {
  TuneCommand(JobRunner runner) {
    super(runner);
  }

  @Option(
      names = "--features",
      paramLabel = "URI[,URI...]",
      description = "OUTPUT/features of extract runs.")
  void features(String value) {
    flag("ser.train.features", value);
  }

  @Option(
      names = "--output",
      paramLabel = "URI",
      description = "Where table, report and best.conf go; a run that was cut off goes on there.")
  void output(String value) {
    flag("ser.tune.output", value);
  }

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description = "conf/recipes/NAME.conf, with its ser.tune.space.")
  void recipe(String value) {
    flag("ser.train.recipe", value);
  }

  @Option(names = "--trials", paramLabel = "N", description = "Settings that are drawn.")
  void trials(String value) {
    flag("ser.tune.trials", value);
  }

  @Override
  public Integer call() {
    return run("tune", TuneConfig::from, TuneJob::run);
  }
}
