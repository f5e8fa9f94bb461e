package ser.serve.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;
import ser.features.audio.RejectionReason;
import ser.features.audio.UnreadableAudioException;
import ser.serve.engine.ChannelNotNamedException;
import ser.serve.engine.Refusal;
import ser.serve.engine.RefusedException;

/**
 * An answer that is no result.
 *
 * @param status of HTTP
 * @param reason for programs: a word that does not change
 * @param message for people: what is wrong, and the remedy
 * @param channels of a recording of which one must be named; else empty
 */
record Problem(int status, String reason, String message, OptionalInt channels) {
  private static final int UNPROCESSABLE = 422;

  Problem(int status, String reason, String message) {
    this(status, reason, message, OptionalInt.empty());
  }

  static Problem of(RefusedException refused) {
    return new Problem(
        statusOf(refused.refusal()),
        refused.refusal().code(),
        refused.getMessage(),
        refused instanceof ChannelNotNamedException unnamed
            ? OptionalInt.of(unnamed.channels())
            : OptionalInt.empty());
  }

  static Problem of(UnreadableAudioException unreadable) {
    String message = unreadable.getMessage() + " " + remedy(unreadable.reason());
    return new Problem(UNPROCESSABLE, unreadable.reason().code(), message);
  }

  /** {@code {"error": {"reason": …, "message": …}}}. */
  String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode error = json.putObject("error").put("reason", reason).put("message", message);
    channels.ifPresent(count -> error.put("channels", count));
    return json.toString();
  }

  private static int statusOf(Refusal refusal) {
    return switch (refusal) {
      case BAD_PARAMETER -> 400;
      case UNKNOWN_MODEL -> 404;
      case TOO_SLOW -> 408;
      case TOO_LARGE -> 413;
      case TOO_LONG, TOO_MANY_CHANNELS, CHANNEL_NOT_NAMED -> UNPROCESSABLE;
      case BUSY -> 503;
      case OUT_OF_TIME -> 504;
    };
  }

  private static String remedy(RejectionReason reason) {
    return switch (reason) {
      case EMPTY_FILE, NO_AUDIO_DATA, TOO_SHORT -> "Send a recording with sound in it.";
      case UNSUPPORTED_CODEC, UNSUPPORTED_CONTAINER, NOT_AUDIO_CONTAINER ->
          "Send WAV, FLAC, MP3, Ogg, AIFF or AU.";
      default -> "Save the recording again, as WAV if you can, and send that.";
    };
  }
}
