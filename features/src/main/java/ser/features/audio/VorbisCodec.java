package ser.features.audio;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import java.nio.charset.StandardCharsets;

/** Vorbis packets by JOrbis. */
final class VorbisCodec implements PacketCodec {
  /** Tags are none of a decoder's business, and JOrbis allocates by the sizes in them. */
  private static final byte[] NO_COMMENTS =
      "\u0003vorbis\0\0\0\0\0\0\0\0\u0001".getBytes(StandardCharsets.ISO_8859_1);

  private final Info info = new Info();
  private final DspState state = new DspState();
  private final Block jorbisBlock;
  private final int channels;

  /**
   * @param first the identification packet
   * @param setup the tables, as checked by {@link VorbisSetup}
   */
  VorbisCodec(VorbisIdentification identification, byte[] first, byte[] setup)
      throws UnreadableAudioException {
    this.channels = identification.channels();
    try {
      info.init();
      Comment comment = new Comment();
      comment.init();
      boolean good =
          info.synthesis_headerin(comment, packet(first, true)) == 0
              && info.synthesis_headerin(comment, packet(NO_COMMENTS, false)) == 0
              && info.synthesis_headerin(comment, packet(setup, false)) == 0
              && state.synthesis_init(info) == 0;
      if (!good) {
        throw badSetup("JOrbis refuses them");
      }
      this.jorbisBlock = new Block(state);
    } catch (RuntimeException e) {
      // JOrbis trusts its tables: wrong ones send it past the end of its arrays.
      throw badSetup(e.toString());
    }
  }

  @Override
  public int decode(byte[] bytes, DecodedBlock block) {
    try {
      if (jorbisBlock.synthesis(packet(bytes, false)) != 0) {
        return UNDECODABLE;
      }
      state.synthesis_blockin(jorbisBlock);
      float[][][] pcm = new float[1][][];
      int[] at = new int[channels];
      int frames = state.synthesis_pcmout(pcm, at);
      float[] target = block.room(frames);
      for (int channel = 0; channel < channels; channel++) {
        for (int i = 0; i < frames; i++) {
          target[i * channels + channel] = pcm[0][channel][at[channel] + i];
        }
      }
      state.synthesis_read(frames);
      return frames;
    } catch (RuntimeException e) {
      return UNDECODABLE;
    }
  }

  /** Without position or end mark: {@link OggStream} looks after those. */
  private static Packet packet(byte[] bytes, boolean first) {
    Packet packet = new Packet();
    packet.packet_base = bytes;
    packet.packet = 0;
    packet.bytes = bytes.length;
    packet.b_o_s = first ? 1 : 0;
    packet.granulepos = -1;
    return packet;
  }

  private static UnreadableAudioException badSetup(String why) {
    return new UnreadableAudioException(
        RejectionReason.BAD_HEADER,
        "The tables in the setup packet of Vorbis contradict one another: %s.".formatted(why));
  }
}
