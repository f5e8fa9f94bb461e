package ser.jobs.tune;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ser.jobs.config.SearchPlan;
import ser.jobs.config.TrainConfig;
import ser.jobs.config.TuneConfig;
import ser.jobs.error.UserError;
import ser.jobs.run.JobContext;
import ser.jobs.run.RecordingRun;
import ser.jobs.train.LocalTraining;
import ser.jobs.train.PreparedInputs;
import ser.jobs.train.TrainingFailure;

/** The trials of a search, round by round; each one is a task. */
final class Search {
  private static final Logger LOG = LoggerFactory.getLogger(Search.class);

  private final JobContext context;
  private final TuneConfig config;
  private final String work;
  private final FinishedTrials finished;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Map<List<Object>, PreparedInputs> prepared = new HashMap<>();
  private int trained;

  /**
   * @param work folder for prepared inputs
   * @param finished trials that are not trained again; the others join them
   */
  Search(JobContext context, TuneConfig config, String work, FinishedTrials finished) {
    this.context = context;
    this.config = config;
    this.work = work;
    this.finished = finished;
    this.hadoop = RecordingRun.hadoop(context);
  }

  /**
   * What a search has found.
   *
   * @param results of all trials, by round
   * @param best of the last round that has one
   * @param trained by this run, the others by earlier ones
   */
  record Found(List<TrialResult> results, Optional<TrialResult> best, int trained) {}

  Found run() {
    List<TrialResult> results = new ArrayList<>();
    Optional<TrialResult> best = Optional.empty();
    List<Integer> numbers = IntStream.rangeClosed(1, config.plan().trials()).boxed().toList();
    for (SearchPlan.Round round : config.plan().rounds()) {
      List<Trial> trials =
          numbers.stream().limit(round.trials()).map(number -> trial(number, round)).toList();
      train(round, trials);
      List<TrialResult> ended = finished.of(trials);
      results.addAll(ended);
      List<TrialResult> ranked = ranked(ended, config.score());
      best = ranked.isEmpty() ? best : Optional.of(ranked.get(0));
      numbers = ranked.stream().map(result -> result.trial().number()).toList();
    }
    return new Found(results, best, trained);
  }

  /** Those that have measures, the best first; of equal ones the one that was drawn first. */
  static List<TrialResult> ranked(List<TrialResult> results, TuneConfig.Score score) {
    return results.stream()
        .filter(result -> result.measures().isPresent())
        .sorted(
            Comparator.comparingDouble(
                    (TrialResult result) -> -result.measures().orElseThrow().of(score))
                .thenComparingInt(result -> result.trial().number()))
        .toList();
  }

  private Trial trial(int number, SearchPlan.Round round) {
    SortedMap<String, Object> drawn = config.space().draw(config.seed(), number);
    int epochs = drawn.get("epochs") instanceof Number own ? own.intValue() : round.epochs();
    return new Trial(number, round.number(), epochs, drawn);
  }

  private void train(SearchPlan.Round round, List<Trial> trials) {
    List<Trial> pending = trials.stream().filter(trial -> finished.of(trial).isEmpty()).toList();
    LOG.info(
        "Round {}: {} trials of at most {} epochs; {} are done, {} to train",
        round.number(),
        trials.size(),
        round.epochs(),
        trials.size() - pending.size(),
        pending.size());
    List<TrialRun> runs = new ArrayList<>();
    for (Trial trial : pending) {
      planned(trial).ifPresent(runs::add);
    }
    trained += pending.size();
    if (runs.isEmpty()) {
      return;
    }
    String folder = FinishedTrials.folder(config.output());
    Broadcast<SerializableConfiguration> settings = hadoop;
    context.describe("Round %d: %d trials".formatted(round.number(), runs.size()));
    List<byte[]> ended =
        context
            .javaSpark()
            .parallelize(runs, runs.size())
            .map(run -> run.run(settings, folder).toBytes())
            .collect();
    ended.forEach(bytes -> finished.add(TrialResult.parsed(bytes)));
  }

  /** The trial as a task, or its result where there is nothing to train. */
  private Optional<TrialRun> planned(Trial trial) {
    Config settings;
    LocalTraining.Settings training;
    PreparedInputs inputs;
    try {
      settings = config.trial(trial.parameters(), trial.epochs());
      TrainConfig read = TrainConfig.from(settings);
      inputs = inputs(trial, read);
      training = LocalTraining.Settings.of(read, inputs, Trial.seed(config.seed(), trial.number()));
    } catch (UserError e) {
      failed(trial, TrialResult.Status.UNBUILDABLE, e.getMessage());
      return Optional.empty();
    } catch (TrainingFailure e) {
      failed(trial, TrialRun.status(e), e.getMessage());
      return Optional.empty();
    }
    return Optional.of(new TrialRun(trial, training, inputs));
  }

  private void failed(Trial trial, TrialResult.Status status, String detail) {
    TrialResult result = TrialResult.failed(trial, status, detail, 0);
    FinishedTrials.write(context.storage(), FinishedTrials.folder(config.output()), result);
    finished.add(result);
  }

  /** One set of files for all trials that see the same of a row. */
  private PreparedInputs inputs(Trial trial, TrainConfig settings) {
    List<Object> key = config.preparing().stream().map(trial.parameters()::get).toList();
    PreparedInputs known = prepared.get(key);
    if (known == null) {
      context.describe("Prepare the inputs of trial %d".formatted(trial.number()));
      known = PreparedInputs.write(context, settings, work + "/inputs-" + prepared.size(), hadoop);
      prepared.put(key, known);
    }
    return known;
  }
}
