package ser.jobs;

import com.typesafe.config.Config;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import ser.jobs.config.ConfigSources;
import ser.jobs.config.EvaluateConfig;
import ser.jobs.config.ExtractConfig;
import ser.jobs.config.RecipeFiles;
import ser.jobs.config.ScoreConfig;
import ser.jobs.config.TrainConfig;
import ser.jobs.evaluate.EvaluateJob;
import ser.jobs.extract.ExtractJob;
import ser.jobs.run.JobOutcome;
import ser.jobs.score.ScoreJob;
import ser.jobs.train.TrainJob;

/** The command line. */
@Command(
    name = "ser",
    description = "Speech emotion recognition on Spark.",
    mixinStandardHelpOptions = true,
    version = "ser 0.1.0",
    subcommands = {
      Ser.Extract.class,
      Ser.Train.class,
      Ser.Evaluate.class,
      TuneCommand.class,
      Ser.Score.class,
      ExportCommand.class,
      MaintenanceCommands.Forget.class,
      MaintenanceCommands.Compact.class,
      CorpusCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:internal fault, with a stack trace",
      "2:the user's mistake, in one line",
      "3:finished, but more recordings failed than max-failed-share allows"
    })
public final class Ser implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  private Ser(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    int code = run(System.out, System.err, arguments);
    // YARN takes a driver in its own process that exits for one that failed, even with 0.
    boolean ofYarn =
        "yarn".equals(System.getProperty("spark.master"))
            && "cluster".equals(System.getProperty("spark.submit.deployMode"));
    if (code != 0 || !ofYarn) {
      System.exit(code);
    }
  }

  /**
   * @return the exit code
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    return new CommandLine(new Ser(out, err), new Commands(out, err))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(
            (exception, args) -> {
              err.println(
                  "ser: %s. '%s --help' lists the options."
                      .formatted(
                          exception.getMessage().replaceAll("\\s*\\R\\s*", " "),
                          exception.getCommandLine().getCommandSpec().qualifiedName()));
              return JobRunner.USER_ERROR;
            })
        .execute(arguments);
  }

  @Override
  public Integer call() {
    err.println("ser: No command was given. 'ser --help' lists them.");
    return JobRunner.USER_ERROR;
  }

  /** Gives commands their output streams. */
  private record Commands(PrintStream out, PrintStream err) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (JobCommand.class.isAssignableFrom(type)) {
        return type.getDeclaredConstructor(JobRunner.class).newInstance(new JobRunner(out, err));
      }
      if (type == CorpusCommand.class) {
        return type.cast(new CorpusCommand(err));
      }
      if (type == CorpusCommand.Download.class) {
        return type.cast(new CorpusCommand.Download(new JobRunner(out, err), err));
      }
      return CommandLine.defaultFactory().create(type);
    }
  }

  /** Options that every job has. */
  static final class CommonOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Settings of this installation.")
    private Optional<String> file = Optional.empty();

    @Option(
        names = "--set",
        paramLabel = "KEY=VALUE",
        description = "One setting; reference.conf has all keys. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
        names = "--dry-run",
        description = "Say what would be done (counts, bytes, output paths) and do nothing.")
    private boolean dryRun;
  }

  /** A command that runs one job; its flags are keys by another name. */
  abstract static class JobCommand implements Callable<Integer> {
    private final JobRunner runner;
    private final Map<String, String> flags = new LinkedHashMap<>();

    @Mixin private CommonOptions options = new CommonOptions();

    JobCommand(JobRunner runner) {
      this.runner = runner;
    }

    final void flag(String key, String value) {
      flags.put(key, value);
    }

    final <C> int run(String name, Function<Config, C> reader, JobRunner.Job<C> job) {
      return runner.run(name, this::configuration, reader, job, options.dryRun);
    }

    /** For a job that gets along without a session: its settings, and whether to do nothing. */
    final <C> int runWithoutSpark(
        String name, Function<Config, C> reader, BiFunction<C, Boolean, JobOutcome> job) {
      return runner.runWithoutSpark(
          name, () -> job.apply(reader.apply(configuration()), options.dryRun));
    }

    private Config configuration() {
      Map<String, String> settings = new LinkedHashMap<>(options.settings);
      settings.putAll(flags);
      return new ConfigSources(RecipeFiles.ofInstallation()).load(options.file, settings);
    }
  }

  @Command(
      name = "extract",
      description = "Recordings to OUTPUT/features/ and OUTPUT/quarantine/.",
      mixinStandardHelpOptions = true)
  static final class Extract extends JobCommand {
    Extract(JobRunner runner) {
      super(runner);
    }

    @Option(names = "--input", paramLabel = "URI[,URI...]", description = "Folders or prefixes.")
    void input(String value) {
      flag("ser.extract.input", value);
    }

    @Option(names = "--output", paramLabel = "URI", description = "Where the tables go.")
    void output(String value) {
      flag("ser.extract.output", value);
    }

    @Option(
        names = "--reprocess-quarantine",
        description = "Try recordings again that stand in quarantine.")
    void reprocessQuarantine(boolean value) {
      flag("ser.extract.reprocess-quarantine", Boolean.toString(value));
    }

    @Option(
        names = "--corpus",
        paramLabel = "NAME[,NAME...]",
        description =
            "Where labels are read: names of cremad, emodb, ravdess, savee, synthetic, tess (auto"
                + " tries each); folders; manifest.")
    void corpus(String value) {
      flag("ser.extract.corpus", value);
    }

    @Option(
        names = "--manifest",
        paramLabel = "URI",
        description = "CSV or Parquet with a row per recording: path, emotion, speaker, ...")
    void manifest(String value) {
      flag("ser.extract.manifest", value);
    }

    @Option(
        names = "--recipe",
        paramLabel = "NAME",
        description = "Feature settings and variants of conf/recipes/NAME.conf.")
    void recipe(String value) {
      flag("ser.train.recipe", value);
    }

    @Override
    public Integer call() {
      return run("extract", ExtractConfig::from, ExtractJob::run);
    }
  }

  @Command(
      name = "train",
      description = "Features to OUTPUT/model.safetensors and OUTPUT/report.json.",
      mixinStandardHelpOptions = true)
  static final class Train extends JobCommand {
    Train(JobRunner runner) {
      super(runner);
    }

    @Option(
        names = "--features",
        paramLabel = "URI[,URI...]",
        description = "OUTPUT/features of extract runs.")
    void features(String value) {
      flag("ser.train.features", value);
    }

    @Option(names = "--output", paramLabel = "URI", description = "Where model and report go.")
    void output(String value) {
      flag("ser.train.output", value);
    }

    @Option(names = "--recipe", paramLabel = "NAME", description = "conf/recipes/NAME.conf.")
    void recipe(String value) {
      flag("ser.train.recipe", value);
    }

    @Override
    public Integer call() {
      return run("train", TrainConfig::from, TrainJob::run);
    }
  }

  @Command(
      name = "evaluate",
      description = "A model, or a recipe under each split, to OUTPUT/report.json and report.html.",
      mixinStandardHelpOptions = true)
  static final class Evaluate extends JobCommand {
    @Spec private CommandSpec spec;

    Evaluate(JobRunner runner) {
      super(runner);
    }

    @Option(
        names = "--model",
        paramLabel = "FILE",
        description = "model.safetensors of a train run: judge it by what it has not learnt from.")
    void model(String value) {
      flag("ser.evaluate.model", value);
    }

    @Option(
        names = "--leak-gap",
        description = "Train the recipe under the splits speakers, random, random-with-duplicates.")
    void leakGap(boolean value) {
      flag("ser.evaluate.leak-gap", Boolean.toString(value));
    }

    @Option(
        names = "--features",
        paramLabel = "URI[,URI...]",
        description = "OUTPUT/features of extract runs.")
    void features(String value) {
      flag("ser.evaluate.features", value);
    }

    @Option(names = "--output", paramLabel = "URI", description = "Where the report goes.")
    void output(String value) {
      flag("ser.evaluate.output", value);
    }

    @Option(
        names = "--recipe",
        paramLabel = "NAME",
        description = "conf/recipes/NAME.conf, for --leak-gap.")
    void recipe(String value) {
      flag("ser.train.recipe", value);
    }

    @Override
    public Integer call() {
      var given = spec.commandLine().getParseResult();
      if (given.hasMatchedOption("--model") && given.hasMatchedOption("--leak-gap")) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "--model judges a model and --leak-gap trains anew: give one of them");
      }
      return run("evaluate", EvaluateConfig::from, EvaluateJob::run);
    }
  }

  @Command(
      name = "score",
      description =
          "New and changed recordings to OUTPUT/windows/, segments/, calls/ and quarantine/.",
      mixinStandardHelpOptions = true)
  static final class Score extends JobCommand {
    Score(JobRunner runner) {
      super(runner);
    }

    @Option(
        names = "--model",
        paramLabel = "FILE",
        description = "model.safetensors of a train run.")
    void model(String value) {
      flag("ser.score.model", value);
    }

    @Option(names = "--input", paramLabel = "URI[,URI...]", description = "Folders or prefixes.")
    void input(String value) {
      flag("ser.score.input", value);
    }

    @Option(names = "--output", paramLabel = "URI", description = "Where the tables go.")
    void output(String value) {
      flag("ser.score.output", value);
    }

    @Option(
        names = "--reprocess-quarantine",
        description = "Try recordings again that stand in quarantine.")
    void reprocessQuarantine(boolean value) {
      flag("ser.score.reprocess-quarantine", Boolean.toString(value));
    }

    @Override
    public Integer call() {
      return run("score", ScoreConfig::from, ScoreJob::run);
    }
  }
}
