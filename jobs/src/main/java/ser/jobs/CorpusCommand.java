package ser.jobs;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ser.jobs.corpus.CorpusDownload;

/** {@code ser corpus}: what is done with corpora before there is anything to extract. */
@Command(
    name = "corpus",
    description = "Corpora of labelled recordings.",
    mixinStandardHelpOptions = true,
    subcommands = CorpusCommand.Download.class)
final class CorpusCommand implements Callable<Integer> {
  private final PrintStream err;

  CorpusCommand(PrintStream err) {
    this.err = err;
  }

  @Override
  public Integer call() {
    err.println("ser: 'ser corpus' needs a command: 'ser corpus download NAME --to URI'.");
    return JobRunner.USER_ERROR;
  }

  @Command(
      name = "download",
      description =
          "Fetches a corpus from its publisher: cremad, emodb, ravdess, tess; for savee it says where"
              + " to register. Shows the licence, verifies checksums, and goes on where it broke off.",
      mixinStandardHelpOptions = true)
  static final class Download implements Callable<Integer> {
    private final JobRunner runner;
    private final PrintStream err;

    @Parameters(paramLabel = "NAME", description = "The corpus.")
    private String name;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "URI",
        description = "Folder or prefix that the recordings go to.")
    private String to;

    @Option(
        names = "--cache",
        paramLabel = "DIR",
        description =
            "Where archives are collected: _download in a local target, else ~/.cache/ser.")
    private Optional<String> cache = Optional.empty();

    @Option(
        names = "--registry",
        paramLabel = "FILE",
        description = "Other addresses or more corpora, in the form of corpora.conf in the jar.")
    private Optional<String> registry = Optional.empty();

    @Option(names = "--dry-run", description = "Say what would be fetched.")
    private boolean dryRun;

    Download(JobRunner runner, PrintStream err) {
      this.runner = runner;
      this.err = err;
    }

    @Override
    public Integer call() {
      return runner.runWithoutSpark(
          "corpus download",
          () ->
              CorpusDownload.run(
                  new CorpusDownload.Request(name, to, cache, registry, dryRun),
                  // What spark-submit was told about S3 holds here too.
                  SparkHadoopUtil.get().newConfiguration(new SparkConf()),
                  err));
    }
  }
}
