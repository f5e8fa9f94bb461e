package ser.jobs.evaluate;

import java.util.Locale;

/** What a recording is to a model. */
enum Standing {
  /** Of a speaker whom the model does not know. */
  NEW,
  /** On the test side of its training. */
  TEST,
  /** The model learnt from it. */
  TRAINING,
  /** It decided which of the training's epochs was kept. */
  VALIDATION,
  /** Its audio, under another name, stood in training or validation. */
  SAME_AUDIO,
  /** Its speaker is not named, or one that the model knows is not: it may be the same voice. */
  UNNAMED,
  /** Of an emotion that the model cannot name. */
  UNKNOWN_EMOTION;

  /** The name in reports: {@code same_audio}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it may judge the model. */
  boolean heldOut() {
    return this == NEW || this == TEST;
  }
}
