package ser.features.audio;

import java.io.IOException;
import java.util.Optional;

/**
 * The frames of an MP3 file.
 *
 * <p>Silence that the encoder put around the recording is taken off where its tag says how much. A
 * damaged frame becomes silence of its length. Where frames are missing, reading goes on with the
 * next ones, as every player does: then what follows stands earlier than it was. {@link #defect}
 * tells of each. A frame that is cut off at the end is dropped.
 */
final class Mp3Stream implements AudioStream {
  /** Frames that must follow one another before bytes behind a gap are taken for frames. */
  private static final int LINKED_FRAMES = 2;

  private final ForwardInput in;
  private final AudioFormat format;
  private final MpegHeader first;
  private final Optional<Mp3Info> info;
  private final DecodedBlock block;
  private final Defects defects = new Defects();
  private Mp3FrameDecoder decoder = new Mp3FrameDecoder();
  private long frames;
  private long goodFrames;
  private boolean ended;

  /**
   * @param in stands at the first frame
   * @param container what the frames stand in
   */
  Mp3Stream(ForwardInput in, String container, MpegHeader first) throws IOException {
    this.in = in;
    this.first = first;
    this.format = new AudioFormat(container, "mp3", first.rateHz(), first.channels());
    this.block = new DecodedBlock(first.channels());
    byte[] frame = in.peek(first.bytes());
    this.info = Mp3Info.in(Bytes.bigEndian(frame), first);
    if (info.isPresent()) {
      in.skip(frame.length);
    }
    if (info.isPresent() && info.get().lies()) {
      defects.add(RejectionReason.INCONSISTENT_HEADER);
    }
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public int read(float[] interleaved) throws IOException, UnreadableAudioException {
    while (!ended && block.isEmpty()) {
      readFrame();
    }
    return block.isEmpty() ? -1 : block.drain(interleaved);
  }

  @Override
  public Optional<RejectionReason> defect() {
    return defects.first();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void readFrame() throws IOException, UnreadableAudioException {
    Optional<MpegHeader> header = MpegHeader.at(Bytes.bigEndian(in.peek(MpegHeader.BYTES)), 0);
    if (header.isEmpty() || !header.get().continues(first)) {
      findNext(header);
      return;
    }
    byte[] bytes = new byte[header.get().bytes()];
    if (in.readFully(bytes, 0, bytes.length) < bytes.length) {
      defects.add(RejectionReason.TRUNCATED);
      end();
      return;
    }
    decode(bytes);
  }

  private void decode(byte[] bytes) {
    int count = first.samples();
    float[] samples = block.room(count);
    if (decoder.decode(bytes, samples)) {
      goodFrames++;
    } else {
      defects.add(RejectionReason.CORRUPT_FRAME);
      decoder = new Mp3FrameDecoder();
    }
    long at = frames * count;
    int from = (int) within(count, info.map(Mp3Info::start).orElse(0) - at);
    // Frames behind those that the tag counts are none of its business.
    boolean counted = info.isPresent() && frames < info.get().frames();
    int to = (int) (counted ? within(count, info.get().end(count) - at) : count);
    frames++;
    block.offer(from, Math.max(from, to));
  }

  private static long within(int count, long position) {
    return Math.max(0, Math.min(count, position));
  }

  /** Passes over what is no frame of this stream: tags at the end, or damage. */
  private void findNext(Optional<MpegHeader> here) throws IOException, UnreadableAudioException {
    Bytes window = Bytes.bigEndian(in.peek(ForwardInput.LOOK_AHEAD));
    if (here.isPresent() && MpegFrames.linked(window, 0, LINKED_FRAMES)) {
      throw new UnreadableAudioException(
          RejectionReason.STREAM_CHANGES,
          "At byte %d, MPEG frames of %d Hz and %d channels follow those of %d Hz and %d channels."
              .formatted(
                  in.position(),
                  here.get().rateHz(),
                  here.get().channels(),
                  first.rateHz(),
                  first.channels()));
    }
    while (window.length() >= MpegHeader.BYTES) {
      // The last frames of a window may be cut by its end: they are looked at in the next one.
      for (int at = 1; at + MpegHeader.BYTES <= window.length(); at++) {
        Optional<MpegHeader> header = MpegHeader.at(window, at);
        if (header.isPresent()
            && header.get().continues(first)
            && MpegFrames.linked(window, at, LINKED_FRAMES)) {
          in.skip(at);
          defects.add(RejectionReason.CORRUPT_FRAME);
          decoder = new Mp3FrameDecoder();
          return;
        }
      }
      boolean more = window.length() == ForwardInput.LOOK_AHEAD;
      in.skip(more ? ForwardInput.LOOK_AHEAD / 2 : window.length());
      window = Bytes.bigEndian(in.peek(ForwardInput.LOOK_AHEAD));
    }
    end();
  }

  private void end() throws UnreadableAudioException {
    ended = true;
    if (goodFrames == 0) {
      RejectionReason reason = defects.first().orElse(RejectionReason.NO_AUDIO_DATA);
      throw new UnreadableAudioException(
          reason, "The file ends after %d MPEG frames; none could be decoded.".formatted(frames));
    }
    if (info.isPresent() && info.get().frames() > frames) {
      defects.add(RejectionReason.TRUNCATED);
    } else if (info.isPresent()
        && info.get().frames() != Mp3Info.UNKNOWN
        && info.get().frames() < frames) {
      defects.add(RejectionReason.INCONSISTENT_HEADER);
    }
  }
}
