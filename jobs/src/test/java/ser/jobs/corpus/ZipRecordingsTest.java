package ser.jobs.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ser.jobs.error.UserError;

class ZipRecordingsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"2, 1000, 5000, 3 entries", "9, 999, 5000, larger than 999", "9, 1000, 2500, 2500"})
  void givenAnArchiveThatHoldsTooMuch_whenRead_thenItIsRefused(
      int entries, int entryBytes, long totalBytes, String named) throws IOException {
    Path zip = zip(1000, 1000, 1000);
    ZipRecordings reader =
        new ZipRecordings(new ZipRecordings.Limits(entries, entryBytes, totalBytes));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> reader.forEach(zip, name -> true, (name, bytes) -> {}))
        .withMessageContaining(zip.toString())
        .withMessageContaining(named);
  }

  @Test
  void givenAnArchiveWithinTheLimits_whenRead_thenAllIsHandedOut() throws IOException {
    List<String> seen = new ArrayList<>();

    new ZipRecordings(new ZipRecordings.Limits(3, 1000, 3000))
        .forEach(
            zip(1000, 1000, 1000), name -> true, (name, bytes) -> seen.add(name + bytes.length));

    assertThat(seen).containsExactly("0.wav1000", "1.wav1000", "2.wav1000");
  }

  @Test
  void givenADamagedEntry_whenRead_thenItIsRefused() throws IOException {
    byte[] noise = new byte[1000];
    new Random(1).nextBytes(noise);
    byte[] bytes = Publisher.zip(Map.of("0.wav", noise));
    bytes[500] ^= 0x10;
    Path zip = Files.write(folder.resolve("damaged.zip"), bytes);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                new ZipRecordings(ZipRecordings.Limits.USUAL)
                    .forEach(zip, name -> true, (name, recording) -> {}))
        .withMessageContaining("no sound zip archive");
  }

  private Path zip(int... lengths) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < lengths.length; i++) {
      entries.put(i + ".wav", new byte[lengths[i]]);
    }
    return Files.write(folder.resolve("a.zip"), Publisher.zip(entries));
  }
}
