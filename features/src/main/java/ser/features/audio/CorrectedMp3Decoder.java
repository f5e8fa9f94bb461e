package ser.features.audio;

import java.lang.reflect.Field;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.FrameDecoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.MP3Decoder;

/**
 * JLayer with the right band edges for MPEG-2 at 24 kHz: it has 330 where ISO/IEC 13818-3, table
 * B.2, has 332, which costs 90 dB of accuracy. The table is private to it.
 */
final class CorrectedMp3Decoder extends MP3Decoder {
  private static final int MPEG_2_24_KHZ = 1;
  private static final int WRONG_BAND = 18;
  private static final int RIGHT_EDGE = 332;

  private boolean corrected;

  @Override
  protected FrameDecoder retrieveDecoder(Header header, Bitstream stream, int layer)
      throws DecoderException {
    FrameDecoder decoder = super.retrieveDecoder(header, stream, layer);
    if (!corrected && layer == 3) {
      longBands(decoder)[WRONG_BAND] = RIGHT_EDGE;
      corrected = true;
    }
    return decoder;
  }

  private static int[] longBands(FrameDecoder decoder) {
    try {
      Field tables = decoder.getClass().getDeclaredField("sfBandIndex");
      tables.setAccessible(true);
      Object table = ((Object[]) tables.get(decoder))[MPEG_2_24_KHZ];
      Field edges = table.getClass().getDeclaredField("l");
      edges.setAccessible(true);
      return (int[]) edges.get(table);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this is not the JLayer whose band table is corrected here", e);
    }
  }
}
