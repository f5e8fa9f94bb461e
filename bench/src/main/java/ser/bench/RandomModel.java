package ser.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import ser.features.spec.Feature;
import ser.features.spec.FeatureSpec;
import ser.model.ClassWeights;
import ser.model.Emotion;
import ser.model.file.Architecture;
import ser.model.file.ModelFile;
import ser.model.file.ModelInput;
import ser.model.file.Provenance;
import ser.model.file.TrainingData;
import ser.model.input.InputSpec;
import ser.model.input.Normaliser;
import ser.model.network.NetworkArchitecture;
import ser.model.network.NetworkShape;
import ser.model.network.NetworkWeights;
import ser.model.network.Optimisation;
import ser.model.split.SpeakerSplit;

/**
 * An untrained network of recipe mel-cnn4-gap as a model file: its speed is that of a trained one,
 * its emotions are worth nothing.
 */
final class RandomModel {
  private static final NetworkShape SHAPE = OurNetwork.SHAPE;
  private static final long SEED = 7;

  // About those of log-mel spectrograms, in decibels.
  private static final float MEAN_DB = -40;
  private static final float DEVIATION_DB = 20;

  private RandomModel() {}

  static ModelFile of() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            NetworkArchitecture.parse(OurNetwork.LAYERS)
                .configuration(
                    SHAPE, new Optimisation(1e-3, ClassWeights.equal(SHAPE.classes()), SEED)));
    network.init();
    FeatureSpec spec = FeatureSpec.librosa().withFeatures(EnumSet.of(Feature.LOG_MEL));
    return ModelFile.of(
        new Architecture("mel-cnn4-gap", OurNetwork.LAYERS),
        List.of(Emotion.values()).subList(0, SHAPE.classes()),
        new ModelInput(
            spec,
            InputSpec.logMel(SHAPE.bands(), SHAPE.frames(), spec.mel().topDb()),
            new Normaliser(filled(MEAN_DB), filled(DEVIATION_DB))),
        NetworkWeights.of(network),
        new Provenance(
            new SpeakerSplit(Set.of("none-1"), Set.of(), Set.of("none-2"), SEED),
            SEED,
            JsonNodeFactory.instance.objectNode(),
            new TrainingData(List.of(), new TreeMap<>()),
            "",
            "random weights, for measuring speed"));
  }

  private static float[] filled(float value) {
    float[] values = new float[SHAPE.bands()];
    Arrays.fill(values, value);
    return values;
  }
}
