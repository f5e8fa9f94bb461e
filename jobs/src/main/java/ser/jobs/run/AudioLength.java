package ser.jobs.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import ser.features.audio.AudioFormat;
import ser.features.audio.AudioStream;
import ser.features.audio.RecordingReader;
import ser.features.audio.UnreadableAudioException;
import ser.jobs.listing.Listing;
import ser.jobs.storage.RecordingFile;
import ser.jobs.storage.Storage;

/**
 * About how long recordings are, from their sizes: of each file name's ending, by what earlier runs
 * found a second to have in bytes, else by the header of one of the recordings.
 *
 * @param reader opens the headers
 */
record AudioLength(Storage storage, RecordingReader reader) {
  /** What is no recording has no length; of what else is not known, that of G.711 in stereo. */
  private static final double UNKNOWN_BYTES_PER_S = 16_000;

  private static final double OPUS_BYTES_PER_S = 4_000;
  private static final double MP3_AND_VORBIS_BYTES_PER_S = 8_000;
  private static final double GSM_BYTES_PER_S = 1_650;

  /** Of the samples; speech. */
  private static final double FLAC_SHARE = 0.5;

  private static final int MOST_ENDINGS = 100;
  private static final Pattern PCM = Pattern.compile("pcm_[suf]([0-9]+).*");

  /**
   * @param recordings rows of {@link Listing#SCHEMA}, or longer ones
   * @param known rows with {@code recording}, {@code source_bytes} and {@code duration_s}, of
   *     recordings that earlier runs have read
   * @return in seconds
   */
  double of(Dataset<Row> recordings, Optional<Dataset<Row>> known) {
    Map<String, Double> bytesPerS = known.map(AudioLength::measured).orElse(Map.of());
    double seconds = 0;
    for (Row row :
        recordings
            .groupBy(ending().as("ending"))
            .agg(
                functions.sum("source_bytes"),
                functions.min_by(
                    functions.struct("uri", "recording", "source_bytes", "source_modified"),
                    functions.xxhash64(functions.col("recording"))))
            .orderBy(functions.col("sum(source_bytes)").desc())
            .limit(MOST_ENDINGS)
            .collectAsList()) {
      Double measured = bytesPerS.get(row.getString(0));
      seconds +=
          row.getLong(1)
              / (measured != null ? measured : bytesPerS(Listing.file(row.getStruct(2))));
    }
    return seconds;
  }

  private static Map<String, Double> measured(Dataset<Row> known) {
    Map<String, Double> bytesPerS = new HashMap<>();
    known
        .where("duration_s > 0 AND source_bytes > 0")
        .groupBy(ending().as("ending"))
        .agg(functions.sum("source_bytes"), functions.sum("duration_s"))
        .limit(MOST_ENDINGS)
        .collectAsList()
        .forEach(row -> bytesPerS.put(row.getString(0), row.getLong(1) / row.getDouble(2)));
    return bytesPerS;
  }

  private static Column ending() {
    return functions.lower(functions.regexp_extract(functions.col("recording"), "\\.([^./]*)$", 1));
  }

  private double bytesPerS(RecordingFile recording) {
    try (InputStream in = storage.open(recording);
        AudioStream audio = reader.open(in)) {
      return bytesPerS(audio.format());
    } catch (UnreadableAudioException e) {
      return Double.POSITIVE_INFINITY; // it will be quarantined: no audio
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot read " + recording.uri(), e);
    }
  }

  static double bytesPerS(AudioFormat format) {
    double samplesPerS = (double) format.sampleRateHz() * format.channels();
    Matcher pcm = PCM.matcher(format.codec());
    if (pcm.matches()) {
      return samplesPerS * Integer.parseInt(pcm.group(1)) / 8;
    }
    return switch (format.codec()) {
      case "pcm_mulaw", "pcm_alaw" -> samplesPerS;
      case "flac" -> samplesPerS * 2 * FLAC_SHARE;
      case "opus" -> OPUS_BYTES_PER_S;
      case "mp3", "vorbis" -> MP3_AND_VORBIS_BYTES_PER_S;
      case "gsm", "gsm_ms" -> GSM_BYTES_PER_S;
      default -> UNKNOWN_BYTES_PER_S;
    };
  }
}
