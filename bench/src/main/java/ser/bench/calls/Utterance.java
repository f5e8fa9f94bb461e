package ser.bench.calls;

import ser.model.Emotion;

/**
 * One recording's place in a call.
 *
 * @param start frame of its first sample
 * @param channel 0 the customer, 1 the agent
 * @param clip what is heard
 * @param emotion of it
 * @param length in frames, above 0
 */
record Utterance(long start, int channel, Voice.Clip clip, Emotion emotion, int length) {
  long end() {
    return start + length;
  }
}
