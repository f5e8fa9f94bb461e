package ser.bench.calls;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import ser.model.Emotion;

/**
 * Who says what when, made up as the call goes on: memory does not grow with its length.
 *
 * <p>The agent, then the customer, turn by turn. An agent says 1 or 2 recordings a turn, always
 * neutral; a customer 1 to 4, in a mood that changes before four turns in ten, so that it lasts
 * over several. Between recordings of a turn stand 0.15 to 0.9 s, between turns 0.3 to 2.5 s; some
 * turns begin 0.2 to 1.2 s before the other's end. Nobody talks over himself.
 */
final class CallScript {
  static final int CUSTOMER = 0;
  static final int AGENT = 1;

  private static final double MOOD_CHANGES = 0.4;
  private static final int MOST_OF_CUSTOMER = 4;
  private static final int MOST_OF_AGENT = 2;

  private final Random random;
  private final SpeechClips clips;
  private final Voice[] voices;
  private final long frames;
  private final int rateHz;
  private final double overlap;
  private final Deque<Utterance> turn = new ArrayDeque<>();
  private final long[] free = new long[2];
  private Emotion mood = Emotion.NEUTRAL;
  private int channel = AGENT;
  private long now;
  private long lastStart;
  private boolean ended;

  /**
   * @param frames of the whole call; what would reach beyond is not said
   * @param overlap share of turns that begin before the other's end, 0 to 1
   */
  CallScript(
      Random random,
      SpeechClips clips,
      Voice customer,
      Voice agent,
      long frames,
      int rateHz,
      double overlap) {
    this.random = random;
    this.clips = clips;
    this.voices = new Voice[] {customer, agent};
    this.frames = frames;
    this.rateHz = rateHz;
    this.overlap = overlap;
    now = between(0.2, 1.5);
  }

  /** The next in order of their starts; empty behind the last. */
  Optional<Utterance> next() throws IOException {
    while (turn.isEmpty() && !ended) {
      speak();
    }
    return Optional.ofNullable(turn.poll());
  }

  private void speak() throws IOException {
    if (channel == CUSTOMER && random.nextDouble() < MOOD_CHANGES) {
      List<Emotion> all = new ArrayList<>(voices[CUSTOMER].clips().keySet());
      mood = all.get(random.nextInt(all.size()));
    }
    Emotion emotion =
        channel == CUSTOMER && voices[CUSTOMER].clips().containsKey(mood) ? mood : Emotion.NEUTRAL;
    List<Voice.Clip> choice = voices[channel].clips().get(emotion);
    // A short recording that was talked over may leave the next start before its own.
    now = Math.max(Math.max(now, free[channel]), lastStart);
    int count = 1 + random.nextInt(channel == CUSTOMER ? MOST_OF_CUSTOMER : MOST_OF_AGENT);
    for (int i = 0; i < count && !ended; i++) {
      Voice.Clip clip = choice.get(random.nextInt(choice.size()));
      int length = clips.of(clip.file()).length;
      ended = now + length > frames;
      if (!ended) {
        turn.add(new Utterance(now, channel, clip, emotion, length));
        lastStart = now;
        now += length + between(0.15, 0.9);
        free[channel] = now;
      }
    }
    now += random.nextDouble() < overlap ? -between(0.2, 1.2) : between(0.3, 2.5);
    channel = channel == AGENT ? CUSTOMER : AGENT;
  }

  private long between(double leastS, double mostS) {
    return (long) ((leastS + (mostS - leastS) * random.nextDouble()) * rateHz);
  }
}
