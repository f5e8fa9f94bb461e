package ser.features.audio;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;

/** Opus packets (RFC 6716) by Concentus, which decodes in fixed point to 16 bits. */
final class OpusCodec implements PacketCodec {
  /** 120 ms, the longest packet. */
  private static final int LONGEST_PACKET_FRAMES = OpusHead.RATE_HZ / 1000 * 120;

  private static final float FULL_SCALE = 1 << 15;

  private final OpusDecoder decoder;
  private final int channels;
  private final float scale;
  private final short[] samples;

  OpusCodec(OpusHead head) {
    this.channels = head.channels();
    this.scale = head.gain() / FULL_SCALE;
    this.samples = new short[LONGEST_PACKET_FRAMES * channels];
    try {
      this.decoder = new OpusDecoder(OpusHead.RATE_HZ, channels);
    } catch (OpusException e) {
      throw new IllegalArgumentException("Opus has no %d channels".formatted(channels), e);
    }
  }

  @Override
  public int decode(byte[] packet, DecodedBlock block) {
    if (packet.length == 0) {
      return UNDECODABLE;
    }
    int frames;
    try {
      frames = decoder.decode(packet, 0, packet.length, samples, 0, LONGEST_PACKET_FRAMES, false);
    } catch (OpusException | RuntimeException | AssertionError e) {
      // Concentus trusts a packet's inside: a damaged one breaks its assertions or its arrays.
      return UNDECODABLE;
    }
    float[] target = block.room(frames);
    for (int i = 0; i < frames * channels; i++) {
      target[i] = samples[i] * scale;
    }
    return frames;
  }
}
