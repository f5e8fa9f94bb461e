package ser.jobs;

import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ser.jobs.config.CompactConfig;
import ser.jobs.config.ForgetConfig;
import ser.jobs.maintain.CompactJob;
import ser.jobs.maintain.ForgetJob;

/** Commands on the tables that extract and score have left. */
final class MaintenanceCommands {
  private MaintenanceCommands() {}

  @Command(
      name = "forget",
      description = "Removes the rows of some recordings from the tables of an output.",
      mixinStandardHelpOptions = true)
  static final class Forget extends Ser.JobCommand {
    Forget(JobRunner runner) {
      super(runner);
    }

    @Option(names = "--output", paramLabel = "URI", description = "Of extract or score.")
    void output(String value) {
      flag("ser.forget.output", value);
    }

    @Option(
        names = "--recording",
        paramLabel = "PATTERN",
        description =
            "Name as in the column 'recording', or *, ?, ** (across folders) in it. May be repeated.")
    void recordings(List<String> values) {
      // As a list: commas are part of names.
      flag("ser.forget.recordings", ConfigValueFactory.fromIterable(values).render());
    }

    @Option(
        names = "--before",
        paramLabel = "DATE",
        description =
            "Recordings that were scored before, or, of extract, last changed; as 2026-01-31 (UTC)"
                + " or 2026-01-31T12:00:00Z.")
    void before(String value) {
      flag("ser.forget.before", value);
    }

    @Override
    public Integer call() {
      return run("forget", ForgetConfig::from, ForgetJob::run);
    }
  }

  @Command(
      name = "compact",
      description = "Makes few files of many in the tables of an output, with the same rows.",
      mixinStandardHelpOptions = true)
  static final class Compact extends Ser.JobCommand {
    Compact(JobRunner runner) {
      super(runner);
    }

    @Option(names = "--output", paramLabel = "URI", description = "Of extract or score.")
    void output(String value) {
      flag("ser.compact.output", value);
    }

    @Override
    public Integer call() {
      return run("compact", CompactConfig::from, CompactJob::run);
    }
  }
}
