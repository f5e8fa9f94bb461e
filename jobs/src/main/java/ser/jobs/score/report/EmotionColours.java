package ser.jobs.score.report;

import ser.model.Emotion;

/** One colour of the style sheet for each emotion, the same in all charts. */
final class EmotionColours {
  private EmotionColours() {}

  static int of(Emotion emotion) {
    return switch (emotion) {
      case SAD -> 1;
      case ANGRY -> 2;
      case FEARFUL -> 3;
      case DISGUST -> 4;
      case SURPRISED -> 5;
      case HAPPY -> 6;
      case CALM -> 7;
      case NEUTRAL -> 8;
      case BORED -> 9;
    };
  }
}
