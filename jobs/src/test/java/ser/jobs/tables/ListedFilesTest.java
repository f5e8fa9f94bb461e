package ser.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class ListedFilesTest {
  private final Path asked = new Path("s3a://b/calls/a%20b.parquet");
  private final Path other = new Path("s3a://b/calls/other.parquet");

  @Test
  void givenAListing_whenSomeAreAsked_thenThoseAloneAreKept() {
    ListedFiles files = new ListedFiles(Set.of(asked), List.of(status(asked, 3), status(other, 4)));

    assertThat(files.getLeafFiles(asked).get())
        .singleElement()
        .satisfies(file -> assertThat(file.getLen()).isEqualTo(3));
    assertThat(files.getLeafFiles(other).isEmpty()).isTrue();
  }

  private static FileStatus status(Path path, long bytes) {
    return new FileStatus(bytes, false, 1, 1 << 20, 0, path);
  }
}
