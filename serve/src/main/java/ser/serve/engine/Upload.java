package ser.serve.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import ser.features.audio.AudioFormat;
import ser.features.audio.AudioReader;
import ser.features.audio.AudioStream;
import ser.features.audio.UnreadableAudioException;

/**
 * A recording in memory, with what is asked of it. The bytes are not copied.
 *
 * @param bytes as they were sent
 * @param channel which is scored
 * @param mostSeconds longest recording that is read
 * @param deadline when the answer must be there
 */
@SuppressWarnings("ArrayRecordComponent")
record Upload(byte[] bytes, Channel channel, int mostSeconds, Deadline deadline) {

  /** From its beginning, each time: one channel. */
  AudioStream open() throws IOException, UnreadableAudioException {
    InputStream in = new ByteArrayInputStream(bytes);
    return new LimitedStream(channel.of(AudioReader.open(in)), mostSeconds, deadline);
  }

  /** What its header says, of all channels. */
  AudioFormat format() throws IOException, UnreadableAudioException {
    try (AudioStream stream = AudioReader.open(new ByteArrayInputStream(bytes))) {
      return stream.format();
    }
  }
}
