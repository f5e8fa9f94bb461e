package ser.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignPagesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost:8080, true",
    "127.0.0.1, evil.example, false",
    "127.0.0.2, 127.0.0.2:8080, true",
    "127.0.0.2, evil.example:8080, false",
    "::1, [::1]:8080, true",
    "0.0.0.0, ser.example.org, true"
  })
  void givenAnAddress_whenAskedForByAName_thenOnlyThisMachinesOwnLeadThere(
      String listening, String host, boolean answered) {
    assertThat(new ForeignPages(listening).isOurs(host)).isEqualTo(answered);
  }
}
