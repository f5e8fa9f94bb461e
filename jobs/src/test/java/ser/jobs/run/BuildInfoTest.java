package ser.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildInfoTest {
  @Test
  void givenABuild_whenAskedForItsCommit_thenItIsACommitOrUnknown() {
    assertThat(BuildInfo.commit())
        .matches("unknown|[0-9a-f]{7,40}(-dirty)?|.+-g[0-9a-f]{7,40}(-dirty)?");
  }
}
