package ser.model.file;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import ser.model.Emotion;
import ser.model.output.ScoreNormalisation;

/**
 * A trained model: everything that scoring needs, and where it comes from. Stored as one
 * safetensors file whose {@code __metadata__} has the keys below, each a string; those marked JSON
 * hold JSON in it. Unknown keys are passed over, missing ones are errors. docs/model-file.md shows
 * how other programs read it.
 *
 * <ul>
 *   <li>{@code schema_version}: {@value #FIRST_VERSION}; {@value #SPEAKER_VERSION} for a model that
 *       is normalised by speaker, {@value #FIT_VERSION} for one that drops silence everywhere or
 *       knows no absolute levels, {@value #SCHEMA_VERSION} for one whose scores are normalised by
 *       speaker, which readers of earlier ones would score wrongly
 *   <li>{@code recipe}: name of the recipe
 *   <li>{@code layers}: JSON list, the layers of its network from input to output
 *   <li>{@code labels}: JSON list of emotions, in the order of the network's outputs
 *   <li>{@code feature_spec}: JSON object, see {@link FeatureSpecJson}
 *   <li>{@code input}: JSON object of {@code channels} (a list of lists of {@link
 *       ser.model.input.InputRows}), {@code frames}, {@code crop}, {@code padding}, {@code
 *       trim_db}, {@code trim} ({@code ends} if it is missing), {@code level} ({@code absolute} if
 *       it is missing), {@code top_db}: {@link ser.model.input.InputSpec}
 *   <li>{@code normaliser}: JSON object of {@code mean} and {@code deviation}, a list each, by row
 *       of the input; {@code normalise}, which is {@code corpus} (or missing) or {@code speaker},
 *       then with {@code prior_s} and {@code speaker_deviation}: {@link
 *       ser.model.input.Normalisation}
 *   <li>{@code split}: JSON object of {@code protocol}, {@code seed}, and the speakers in lists
 *       {@code training}, {@code validation}, {@code test} with {@code held_out} ({@code draw},
 *       also if it is missing, {@code fold} with {@code fold} and {@code folds}, {@code named},
 *       {@code corpora} with {@code test_corpora}), or {@code test_share} and {@code
 *       validation_share} where recordings were drawn at random
 *   <li>{@code seed}: whole number
 *   <li>{@code metrics}: JSON object, the report on the test set
 *   <li>{@code data}: JSON list of {@code path} and {@code rows} of each features table
 *   <li>{@code licences}: JSON object, licence by corpus
 *   <li>{@code commit}, {@code configuration}: text
 *   <li>{@code calibration}: JSON object of {@code temperature}, {@code abstain_below} and {@code
 *       recordings}: {@link ModelCalibration}; missing for a model that is not calibrated
 *   <li>{@code scores}: JSON object of {@code mean} and {@code deviation}, a list each, by label,
 *       of the training recordings' scores, where a speaker's are normalised by the rule of {@code
 *       normaliser}: {@link ScoreNormalisation}; missing where probabilities stay as they are
 * </ul>
 *
 * @param architecture the network's recipe and layers
 * @param labels classes in the order of the network's outputs, none twice
 * @param input from audio to the network's input
 * @param weights by name, in alphabetical order as in the file; every value is finite
 * @param provenance split, seed, metrics, data, commit, configuration
 * @param calibration what its probabilities are worth; the weights contain the temperature already
 * @param scores what becomes of a speaker's probabilities; of calibrated ones, if they are
 * @param idOfFile {@link #modelId} of the file that it was read from; empty for one that was made
 *     here. Models that are otherwise equal are equal
 */
public record ModelFile(
    Architecture architecture,
    List<Emotion> labels,
    ModelInput input,
    SortedMap<String, Tensor> weights,
    Provenance provenance,
    ModelCalibration calibration,
    ScoreNormalisation scores,
    String idOfFile)
    implements Serializable {

  /** The lowest version that is read, and written where it can say what the model is. */
  public static final int FIRST_VERSION = 2;

  /** Of a model that is normalised by speaker. */
  static final int SPEAKER_VERSION = 3;

  /** Of a model that drops silence everywhere or knows no absolute levels. */
  static final int FIT_VERSION = 4;

  /** The highest version that is read, and written where scores are normalised by speaker. */
  public static final int SCHEMA_VERSION = 5;

  private static final int ID_LENGTH = 16;

  /**
   * @throws IllegalArgumentException if there is no label or weight, a label stands twice, a weight
   *     is not finite, or scores are normalised by another rule than the input or for other labels
   */
  public ModelFile {
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(provenance, "provenance");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(idOfFile, "idOfFile");
    labels = List.copyOf(labels);
    if (labels.isEmpty() || new HashSet<>(labels).size() != labels.size()) {
      throw new IllegalArgumentException(
          "labels %s must not be empty nor repeat one".formatted(labels));
    }
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("there are no weights");
    }
    weights.forEach(ModelFile::requireUsable);
    if (scores instanceof ScoreNormalisation.BySpeaker speaker) {
      if (!speaker.rule().equals(input.normalisation())
          || speaker.training().bands() != labels.size()) {
        throw new IllegalArgumentException(
            "scores of %d labels are normalised by %s, and the %d labels and %s must agree"
                .formatted(
                    speaker.training().bands(),
                    speaker.rule(),
                    labels.size(),
                    input.normalisation()));
      }
    }
  }

  /** A model that is not calibrated, and whose probabilities stay as they are. */
  public ModelFile(
      Architecture architecture,
      List<Emotion> labels,
      ModelInput input,
      SortedMap<String, Tensor> weights,
      Provenance provenance) {
    this(
        architecture,
        labels,
        input,
        weights,
        provenance,
        ModelCalibration.none(),
        new ScoreNormalisation.None());
  }

  /** A model that was made here. */
  public ModelFile(
      Architecture architecture,
      List<Emotion> labels,
      ModelInput input,
      SortedMap<String, Tensor> weights,
      Provenance provenance,
      ModelCalibration calibration,
      ScoreNormalisation scores) {
    this(architecture, labels, input, weights, provenance, calibration, scores, "");
  }

  /** The same with what was found of its probabilities; its weights stay as they are. */
  public ModelFile with(ModelCalibration found) {
    return new ModelFile(architecture, labels, input, weights, provenance, found, scores);
  }

  /** The same with a rule for a speaker's probabilities. */
  public ModelFile with(ScoreNormalisation rule) {
    return new ModelFile(architecture, labels, input, weights, provenance, calibration, rule);
  }

  /** A model with weights in any kind of map. */
  public static ModelFile of(
      Architecture architecture,
      List<Emotion> labels,
      ModelInput input,
      Map<String, Tensor> weights,
      Provenance provenance) {
    return new ModelFile(architecture, labels, input, new TreeMap<>(weights), provenance);
  }

  /**
   * Reads a whole file, which may come from anywhere: nothing in it is run, and no more memory is
   * asked for than a small multiple of its length.
   *
   * @param origin path or URI, for messages
   * @throws ModelFileException naming the file, what is wrong with it and the remedy
   */
  public static ModelFile read(byte[] bytes, String origin) throws ModelFileException {
    try {
      return new ModelFileReader(Safetensors.read(bytes), idOf(bytes)).read();
    } catch (ModelFileException e) {
      throw new ModelFileException(
          "Cannot read model file %s: %s. Copy the file again, or make a new one with 'ser train'."
              .formatted(origin, e.getMessage()),
          e);
    }
  }

  /** The file. Equal models give equal bytes. */
  public byte[] toBytes() {
    return Safetensors.of(ModelFileWriter.metadataOf(this), weights).toBytes();
  }

  /** All that the file says besides its weights, by the keys above. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(ModelFileWriter.metadataOf(this));
  }

  /**
   * Names the model in tables: the first 16 hexadecimal digits of the SHA-256 of the file that it
   * was read from, or that {@link #toBytes} gives ({@code sha256sum FILE | cut -c1-16}). A file
   * that an earlier build wrote keeps its id, so that nothing is scored again.
   */
  public String modelId() {
    return idOfFile.isEmpty() ? idOf(toBytes()) : idOfFile;
  }

  private static String idOf(byte[] file) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(file);
      return HexFormat.of().formatHex(hash).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void requireUsable(String name, Tensor tensor) {
    boolean variance = name.endsWith(".running_var");
    for (float value : tensor.values()) {
      if (variance && value < 0) {
        throw new IllegalArgumentException(
            "weight '%s' holds the value %s, and no variance is below 0".formatted(name, value));
      }
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "weight '%s' holds the value %s, and only finite ones can be used"
                .formatted(name, value));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelFile that
        && architecture.equals(that.architecture)
        && labels.equals(that.labels)
        && input.equals(that.input)
        && weights.equals(that.weights)
        && provenance.equals(that.provenance)
        && calibration.equals(that.calibration)
        && scores.equals(that.scores);
  }

  @Override
  public int hashCode() {
    return Objects.hash(architecture, labels, input, weights, provenance, calibration, scores);
  }
}
