package ser.jobs.run;

import java.time.Duration;
import java.util.Optional;
import ser.report.text.Numbers;

/**
 * How far a run is, in a line.
 *
 * @param recordings how many there are to read
 * @param bytes of them
 */
record Progress(long recordings, long bytes) {
  /** Before that share of the bytes, an estimate would be one by a recording or two. */
  private static final double LEAST_DONE = 0.02;

  /**
   * What is done.
   *
   * @param recordings read to their end
   * @param bytes of those
   * @param audioS seconds of audio that were read, of recordings in the middle too
   */
  record Done(long recordings, long bytes, double audioS) {
    static final Done NOTHING = new Done(0, 0, 0);

    Done plus(Done other) {
      return new Done(recordings + other.recordings, bytes + other.bytes, audioS + other.audioS);
    }
  }

  /**
   * {@code 120 of 4,000 recordings, 3 h 20 min of audio, 412 times real time, about 6 min 3 s
   * left}.
   *
   * @param elapsed since the first task could begin
   */
  String line(Done done, Duration elapsed) {
    double seconds = elapsed.toNanos() / 1e9;
    String line =
        "%s of %s, %s of audio, %s times real time"
            .formatted(
                Numbers.count(Math.min(done.recordings(), recordings)),
                Numbers.of(recordings, "recording", "recordings"),
                Numbers.duration(done.audioS()),
                Numbers.count(Math.round(seconds > 0 ? done.audioS() / seconds : 0)));
    return leftS(done, seconds)
        .map(left -> line + ", about " + Numbers.duration(left) + " left")
        .orElse(line);
  }

  /** By bytes, which are known beforehand as seconds of audio are not; nothing of few of them. */
  private Optional<Double> leftS(Done done, double seconds) {
    return done.bytes() < LEAST_DONE * bytes || done.recordings() >= recordings
        ? Optional.empty()
        : Optional.of(seconds * Math.max(0, bytes - done.bytes()) / done.bytes());
  }
}
