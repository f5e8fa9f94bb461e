package ser.jobs.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingPatternTest {
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "a.wav, a.wav, true",
    "a.wav, axwav, false",
    "a.wav, A.wav, false",
    "a.wav, b/a.wav, false",
    "*.wav, a.wav, true",
    "*.wav, b/a.wav, false",
    "*, '', true",
    "c/*, c/a.wav, true",
    "c/*, c/d/a.wav, false",
    "c/**, c/d/a.wav, true",
    "c/**, cd/a.wav, false",
    "**/a.wav, a.wav, true",
    "**/a.wav, c/d/a.wav, true",
    "**/a.wav, ca.wav, false",
    "c/**/a.wav, c/a.wav, true",
    "c/**/a.wav, c/d/e/a.wav, true",
    "**, c/d/a.wav, true",
    "call-?.wav, call-7.wav, true",
    "call-?.wav, call-17.wav, false",
    "call?a.wav, call/a.wav, false",
    "a[1].wav, a[1].wav, true",
    "a[1].wav, a1.wav, false",
    "'{a,b}.wav', a.wav, false",
    "a\\*b, a\\xb, true",
    "50%20 Gespräch*, 50%20 Gespräche.wav, true",
    "x\\E.*, x\\E.y, true",
    "x\\E.*, xEzy, false"
  })
  void givenAPattern_whenANameIsCompared_thenOnlyWildcardsStandForOthers(
      String pattern, String recording, boolean expected) {
    assertThat(RecordingPattern.glob(pattern).matches(recording)).isEqualTo(expected);
  }

  @Test
  void givenALineBreakInAName_whenCompared_thenItIsACharacterAsOthers() {
    assertThat(RecordingPattern.glob("a*").matches("a\nb")).isTrue();
    assertThat(RecordingPattern.glob("**").matches("a\nb/c")).isTrue();
  }

  @Test
  void givenANameWithWildcards_whenItIsTakenAsAName_thenItMeansItselfAlone() {
    RecordingPattern name = RecordingPattern.name("a*?.wav");

    assertThat(name.matches("a*?.wav")).isTrue();
    assertThat(name.matches("axy.wav")).isFalse();
    assertThat(name).hasToString("a*?.wav");
  }

  @Test
  void givenAPattern_whenItTravelsToATask_thenItMatchesTheSame()
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(RecordingPattern.glob("c/*.wav"));
    }

    RecordingPattern read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (RecordingPattern) in.readObject();
    }

    assertThat(read.matches("c/a.wav")).isTrue();
    assertThat(read.matches("d/a.wav")).isFalse();
  }
}
