package ser.jobs.score.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import ser.model.Emotion;

/**
 * How the speech of some calls is divided among emotions.
 *
 * @param calls with speech or without
 * @param speechS of them, in seconds
 * @param shares of the speech by emotion; all 0 without speech
 * @param abstained share of the speech that was given none
 */
record EmotionMix(long calls, double speechS, Map<Emotion, Double> shares, double abstained) {
  EmotionMix {
    shares = Collections.unmodifiableMap(new EnumMap<>(shares));
  }

  /** Of no calls. */
  static EmotionMix none(Collection<Emotion> emotions) {
    Map<Emotion, Double> shares = new EnumMap<>(Emotion.class);
    emotions.forEach(emotion -> shares.put(emotion, 0.0));
    return new EmotionMix(0, 0, shares, 0);
  }

  /** Of these calls and others, of the same emotions. */
  EmotionMix plus(EmotionMix others) {
    double together = speechS + others.speechS;
    Map<Emotion, Double> sums = new EnumMap<>(Emotion.class);
    shares.forEach(
        (emotion, share) -> sums.put(emotion, mean(share, others.shares.get(emotion), others)));
    return new EmotionMix(
        calls + others.calls, together, sums, mean(abstained, others.abstained, others));
  }

  private double mean(double share, double other, EmotionMix others) {
    double together = speechS + others.speechS;
    return together == 0 ? 0 : (share * speechS + other * others.speechS) / together;
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("calls", calls).put("speech_s", rounded(speechS));
    ObjectNode byEmotion = json.putObject("shares");
    shares.forEach((emotion, share) -> byEmotion.put(emotion.label(), rounded(share)));
    return json.put("abstained", rounded(abstained));
  }

  /** To a ten-thousandth: more would be no more true. */
  static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
