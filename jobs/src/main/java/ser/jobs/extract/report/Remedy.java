package ser.jobs.extract.report;

import java.util.Arrays;
import ser.features.audio.RejectionReason;

/**
 * What to do about a recording that is in quarantine; docs/audio-formats.md says the same.
 *
 * @param meaning of the reason
 * @param action that mends it
 */
record Remedy(String meaning, String action) {

  /**
   * One line.
   *
   * @param code a reason as in the quarantine table, which may be of a newer release
   */
  static String of(String code) {
    return Arrays.stream(RejectionReason.values())
        .filter(reason -> reason.code().equals(code))
        .map(reason -> of(reason).toString())
        .findFirst()
        .orElse("see docs/audio-formats.md of the release that wrote it");
  }

  static Remedy of(RejectionReason reason) {
    return switch (reason) {
      case EMPTY_FILE -> new Remedy("0 bytes", "copy it from its source again: the upload failed");
      case NO_AUDIO_DATA -> new Remedy("a header or tags without a sample", "record it again");
      case NOT_AUDIO_CONTAINER ->
          new Remedy(
              "no known audio file, whatever its name says: text, an error page, headerless samples",
              "remove it");
      case BAD_HEADER ->
          new Remedy("the header breaks its format's rules", "convert it from the original again");
      case INCONSISTENT_HEADER ->
          new Remedy(
              "the header contradicts itself or the samples", "convert it from the original again");
      case TRUNCATED ->
          new Remedy("it ends before its first whole sample", "copy it from its source again");
      case CORRUPT_FRAME ->
          new Remedy("damaged before its first whole sample", "copy it from its source again");
      case STREAM_CHANGES ->
          new Remedy(
              "rate, channels or depth change inside, or two recordings stand in one file",
              "convert it: one format, one recording a file");
      case NON_FINITE_SAMPLES ->
          new Remedy("float samples that are NaN or infinite", "export it again");
      case IMPLAUSIBLE_RATE ->
          new Remedy(
              "a sample rate outside 1 to 384 kHz; or, with sample-rate-hz = native, one too low for the features asked for",
              "correct the header, or resample it");
      case UNSUPPORTED_CODEC ->
          new Remedy(
              "good audio in a codec that is not read", again("name ffmpeg as ser.audio.ffmpeg"));
      case UNSUPPORTED_CONTAINER ->
          new Remedy(
              "good audio in a container that is not read",
              again("name ffmpeg as ser.audio.ffmpeg"));
      case TOO_SHORT ->
          new Remedy("shorter than ser.extract.min-duration-s", again("lower that limit"));
      case TOO_LONG ->
          new Remedy(
              "longer than ser.extract.max-duration-s, or than what is taken from ffmpeg",
              again("raise that limit"));
      case SILENT ->
          new Remedy(
              "no sample reaches ser.extract.silent-below",
              again("lower that limit, if quiet clips are wanted"));
      case DUPLICATE ->
          new Remedy(
              "the same samples as a recording of another name",
              "none is needed: the first name is kept");
      case UNLABELLED ->
          new Remedy(
              "its name follows no convention of the corpus, or the manifest names no emotion of ours for it",
              "name the right --corpus, or correct the manifest, and run again");
      case CHANNEL_NOT_NAMED ->
          new Remedy(
              "several channels, and none is named as the customer's: see docs/operations.md",
              "set ser.score.customer-channel, or say it for each recording by ser.score.path-pattern or ser.score.manifest");
    };
  }

  /** What has not changed is not tried again by itself. */
  private static String again(String change) {
    return change + ", and run with --reprocess-quarantine";
  }

  @Override
  public String toString() {
    return meaning + ": " + action;
  }
}
