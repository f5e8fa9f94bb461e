package ser.jobs.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ser.jobs.maintain.FileGroups.SizedFile;

class FileGroupsTest {
  @Test
  void givenSmallFiles_whenGrouped_thenTheyBecomeOne() {
    assertThat(FileGroups.of(files(1, 2, 3), 100).paths())
        .containsExactly(List.of("f0", "f1", "f2"));
  }

  @Test
  void givenFilesOfHalfTheSize_whenGrouped_thenTheyStay() {
    FileGroups groups = FileGroups.of(files(50, 1, 300, 49, 100), 100);

    assertThat(groups.paths()).containsExactly(List.of("f1", "f3"));
    assertThat(groups.files()).containsExactly("f1", "f3");
  }

  @Test
  void givenOneSmallFile_whenGrouped_thenNothingIsDone() {
    assertThat(FileGroups.of(files(7, 90), 100).groups()).isEmpty();
    assertThat(FileGroups.of(files(), 100).groups()).isEmpty();
    assertThat(FileGroups.of(files(1, 1), 1).groups()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givenManyFiles_whenGrouped_thenEachIsInOneAndTheSizesAreNearTheWantedOne(long seed) {
    Random random = new Random(seed);
    List<SizedFile> files =
        files(LongStream.generate(() -> random.nextInt(40)).limit(500).toArray());

    FileGroups groups = FileGroups.of(files, 1000);

    assertThat(groups.files())
        .containsExactlyElementsOf(files.stream().map(SizedFile::path).toList());
    assertThat(groups.groups())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            group ->
                assertThat(group.stream().mapToLong(SizedFile::bytes).sum())
                    .isBetween(950L, 2000L));
  }

  private static List<SizedFile> files(long... bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> new SizedFile("f" + i, bytes[i]))
        .toList();
  }
}
