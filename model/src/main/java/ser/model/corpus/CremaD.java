package ser.model.corpus;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ser.model.Emotion;
import ser.model.Gender;
import ser.model.Speaker;

/**
 * Crowd-sourced Emotional Multimodal Actors Dataset (Cao et al. 2014,
 * https://doi.org/10.1109/TAFFC.2014.2336244): 91 actors, twelve English sentences.
 *
 * <p>Names are {@code actor_sentence_emotion_level}: {@code 1054_IEO_FEA_HI}. One file of the
 * corpus, {@code 1040_ITH_SAD_X}, lacks the second X. The emotion is the one that was acted, not
 * the one that listeners heard. Genders are those of the corpus's VideoDemographics.csv.
 */
public record CremaD() implements CorpusNames {
  private static final Pattern STEM =
      Pattern.compile(
          "(10(?:0[1-9]|[1-8][0-9]|9[01]))_(IEO|TIE|IOM|IWW|TAI|MTI|IWL|ITH|DFA|ITS|TSI|WSI)"
              + "_(ANG|DIS|FEA|HAP|NEU|SAD)_(LO|MD|HI|XX?)");

  private static final Set<String> WOMEN =
      Set.of(
          "1002", "1003", "1004", "1006", "1007", "1008", "1009", "1010", "1012", "1013", "1018",
          "1020", "1021", "1024", "1025", "1028", "1029", "1030", "1037", "1043", "1046", "1047",
          "1049", "1052", "1053", "1054", "1055", "1056", "1058", "1060", "1061", "1063", "1072",
          "1073", "1074", "1075", "1076", "1078", "1079", "1082", "1084", "1089", "1091");

  private static final Map<String, Emotion> EMOTIONS =
      Map.of(
          "ANG", Emotion.ANGRY,
          "DIS", Emotion.DISGUST,
          "FEA", Emotion.FEARFUL,
          "HAP", Emotion.HAPPY,
          "NEU", Emotion.NEUTRAL,
          "SAD", Emotion.SAD);

  @Override
  public CorpusOrigin origin() {
    return new CorpusOrigin("cremad", "ODbL-1.0");
  }

  @Override
  public Optional<RecordingLabels> labelsOf(String recordingPath) {
    Matcher stem = STEM.matcher(FileName.stemOf(recordingPath));
    if (!stem.matches()) {
      return Optional.empty();
    }
    String actor = stem.group(1);
    return Optional.of(
        new RecordingLabels(
            origin(),
            new Speaker(
                origin().speaker(actor), WOMEN.contains(actor) ? Gender.FEMALE : Gender.MALE),
            EMOTIONS.get(stem.group(3)),
            stem.group(3),
            stem.group(2),
            intensity(stem.group(4))));
  }

  private static String intensity(String level) {
    return switch (level) {
      case "LO" -> "low";
      case "MD" -> "medium";
      case "HI" -> "high";
      default -> "unspecified";
    };
  }
}
