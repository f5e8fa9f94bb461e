package ser.jobs.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import ser.features.Feature;
import ser.features.FeatureSpec;
import ser.jobs.BuildInfo;
import ser.jobs.JobContext;
import ser.jobs.JobOutcome;
import ser.jobs.UserError;
import ser.jobs.config.NetworkSettings;
import ser.jobs.config.TrainConfig;
import ser.jobs.tables.FeatureTable;
import ser.model.ClassWeights;
import ser.model.Normaliser;
import ser.model.SpeakerSplit;
import ser.model.SpeakerSplit.Side;
import ser.model.WindowInput;
import ser.model.corpus.Corpora;
import ser.model.file.Architecture;
import ser.model.file.ModelFile;
import ser.model.file.ModelInput;
import ser.model.file.Provenance;
import ser.model.file.RecordedSplit;
import ser.model.file.TrainingData;
import ser.model.metrics.ConfusionMatrix;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.NetworkWeights;
import ser.model.network.Optimisation;

/** Features in, model file and report out. */
public final class TrainJob {
  private static final String SPEAKERS = "speakers";
  private static final String CORPUS = "corpus";

  private TrainJob() {}

  public static JobOutcome run(JobContext context, TrainConfig config) {
    context.describe("Read what the features tables hold");
    FeatureSpec spec = FeatureTable.spec(context.storage(), config.features());
    requireLogMel(spec, config);
    Dataset<Row> features =
        FeatureTable.read(context.spark(), context.storage(), config.features());
    TrainingTable table = TrainingTable.of(features);
    SpeakerSplit split = table.split(config.seed());
    if (context.dryRun()) {
      return dryRun(config, table, split);
    }
    TrainingTable.requireNoSharedAudio(features, split);
    return train(context, config, spec, features, table, split);
  }

  private static JobOutcome train(
      JobContext context,
      TrainConfig config,
      FeatureSpec spec,
      Dataset<Row> features,
      TrainingTable table,
      SpeakerSplit split) {
    NetworkSettings settings = config.network();
    WindowInput window =
        new WindowInput(spec.mel().bands(), settings.inputFrames(), spec.mel().topDb());
    InputPreparation inputs = new InputPreparation(features, window, table.labels());
    context.describe("Fit the normaliser on the training speakers");
    Normaliser normaliser = inputs.normaliserOf(speakers(split, Side.TRAINING));
    NetworkArchitecture architecture = NetworkArchitecture.named(settings.architecture());
    NetworkShape shape = new NetworkShape(window.bands(), window.frames(), table.labels().size());
    Optimisation optimisation =
        new Optimisation(
            settings.learningRate(),
            settings.balancedClasses()
                ? ClassWeights.balanced(table.countsOf(split.speakersOf(Side.TRAINING)))
                : ClassWeights.equal(shape.classes()),
            config.seed());
    SparkEvaluation evaluation = new SparkEvaluation(context.javaSpark(), table.labels());
    DataParallelTraining training =
        new DataParallelTraining(
            context, architecture, shape, optimisation, config.schedule(), evaluation);

    DataParallelTraining.Result result =
        training.run(
            cached(inputs, split, Side.TRAINING, normaliser),
            split.speakersOf(Side.VALIDATION).isEmpty()
                ? Optional.empty()
                : Optional.of(cached(inputs, split, Side.VALIDATION, normaliser)));
    context.describe("Evaluate on the held-out speakers");
    ConfusionMatrix test =
        evaluation.confusion(
            training.snapshot(result.network()),
            inputs.inputsOf(speakers(split, Side.TEST), normaliser));
    Map<String, String> licences = licences(features);
    ObjectNode report =
        TrainReport.of(
            new TrainReport.Facts(
                config.recipe(), SPEAKERS, CORPUS, split, List.copyOf(licences.keySet()), test),
            result);
    ModelFile model =
        ModelFile.of(
            architecture(config, shape),
            table.labels(),
            new ModelInput(spec, window, normaliser),
            NetworkWeights.of(result.network()),
            new Provenance(
                new RecordedSplit(SPEAKERS, split),
                config.seed(),
                report,
                new TrainingData(rowsPerTable(context, config), new TreeMap<>(licences)),
                BuildInfo.commit(),
                context.configuration()));
    report.put("model_id", model.modelId());
    context.storage().write(config.output() + "/report.json", bytes(report.toPrettyString()));
    // Last: who sees the model may rely on its report.
    context.storage().write(config.output() + "/model.safetensors", model.toBytes());
    return outcome(config, features, table, split, report);
  }

  private static JavaRDD<LabelledInput> cached(
      InputPreparation inputs, SpeakerSplit split, Side side, Normaliser normaliser) {
    return inputs
        .inputsOf(speakers(split, side), normaliser)
        .persist(StorageLevel.MEMORY_AND_DISK_SER());
  }

  private static JobOutcome outcome(
      TrainConfig config,
      Dataset<Row> features,
      TrainingTable table,
      SpeakerSplit split,
      ObjectNode report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", sum(table, split));
    // What extract could not read is not in its table.
    facts.put("quarantined", 0);
    facts.put("rows", table.rowsOf(split.speakersOf(Side.TRAINING)));
    facts.put("audio_seconds", audioSeconds(features));
    facts.put("epochs", report.path("epochs").size());
    facts.put("best_epoch", report.path("best_epoch").asInt());
    facts.put("split", report.path("split").asText());
    facts.put("corpora", report.path("corpora"));
    facts.put("test_accuracy", rounded(report, "accuracy"));
    facts.put("test_uar", rounded(report, "uar"));
    facts.put("test_macro_f1", rounded(report, "macro_f1"));
    facts.put("model_id", report.path("model_id").asText());
    facts.put("output", config.output());
    return new JobOutcome(JobOutcome.Status.DONE, facts);
  }

  private static double audioSeconds(Dataset<Row> features) {
    return Math.round(features.agg(functions.sum("duration_s")).first().getDouble(0) * 10) / 10.0;
  }

  private static JobOutcome dryRun(TrainConfig config, TrainingTable table, SpeakerSplit split) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recordings", sum(table, split));
    facts.put("rows", table.rowsOf(split.speakersOf(Side.TRAINING)));
    facts.put("labels", table.labels().stream().map(label -> label.label()).toList());
    facts.put("test_speakers", speakers(split, Side.TEST));
    facts.put("validation_speakers", speakers(split, Side.VALIDATION));
    facts.put("output", config.output());
    return new JobOutcome(JobOutcome.Status.DRY_RUN, facts);
  }

  private static Architecture architecture(TrainConfig config, NetworkShape shape) {
    ObjectNode parameters =
        new ObjectMapper()
            .createObjectNode()
            .put("architecture", config.network().architecture())
            .put("bands", shape.bands())
            .put("frames", shape.frames())
            .put("classes", shape.classes());
    return new Architecture(config.recipe(), parameters);
  }

  private static void requireLogMel(FeatureSpec spec, TrainConfig config) {
    if (!spec.features().contains(Feature.LOG_MEL)) {
      throw new UserError(
          "Cannot train recipe %s on %s: the table has no column log_mel. Run 'ser extract' again with log_mel in ser.features.columns."
              .formatted(config.recipe(), config.features()));
    }
  }

  /** Licence by corpus, of the corpora that occur. */
  private static Map<String, String> licences(Dataset<Row> features) {
    Map<String, String> licences = new TreeMap<>();
    for (Row corpus : features.select("corpus").distinct().collectAsList()) {
      licences.put(corpus.getString(0), Corpora.named(corpus.getString(0)).licence());
    }
    return licences;
  }

  private static List<TrainingData.Table> rowsPerTable(JobContext context, TrainConfig config) {
    return config.features().stream()
        .map(
            path ->
                new TrainingData.Table(
                    path,
                    FeatureTable.read(context.spark(), context.storage(), List.of(path)).count()))
        .toList();
  }

  private static List<String> speakers(SpeakerSplit split, Side side) {
    return split.speakersOf(side).stream().sorted().toList();
  }

  private static long sum(TrainingTable table, SpeakerSplit split) {
    long rows = 0;
    for (Side side : Side.values()) {
      rows += table.rowsOf(split.speakersOf(side));
    }
    return rows;
  }

  private static double rounded(ObjectNode report, String metric) {
    return Math.round(report.path("test").path(metric).asDouble() * 10_000) / 10_000.0;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
