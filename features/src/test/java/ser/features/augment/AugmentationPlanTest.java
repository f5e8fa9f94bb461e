package ser.features.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import ser.features.audio.AudioHash;
import ser.features.audio.Clip;
import ser.features.augment.AugmentationPlan.Copies;
import ser.features.augment.AugmentationPlan.Planned;

class AugmentationPlanTest {
  private static final Augmentation NOISE = new GaussianNoise(new Range(10, 30));
  private static final Augmentation PITCH = new PitchShift(new Range(-4, 4));

  @Test
  void givenAFraction_whenPlanned_thenThatShareOfRecordingsGetsOneMore() {
    AugmentationPlan plan = plan(20, 1.7);

    Map<Integer, Long> byCount =
        IntStream.range(0, 10_000)
            .mapToObj(i -> plan.of("Actor_01/%d.wav".formatted(i)).size())
            .collect(Collectors.groupingBy(size -> size, Collectors.counting()));

    assertThat(byCount).containsOnlyKeys(1, 2);
    assertThat(byCount.get(2) / 10_000.0).isCloseTo(0.7, within(0.02));
    assertThat(plan.copiesPerRecording()).isEqualTo(1.7);
  }

  @Test
  void givenSeveralCopies_whenPlanned_thenTheyAreNumberedAndDiffer() {
    Clip clip = TestSignals.voice(150, 0.5, 16_000);

    List<Planned> planned = plan(20, 3).of("a.wav");

    assertThat(planned).extracting(Planned::name).containsExactly("noise", "noise-2", "noise-3");
    assertThat(planned.stream().map(one -> one.apply(clip).detail()).distinct()).hasSize(3);
  }

  @Test
  void givenOtherKindsInThePlan_whenPlanned_thenAKindIsWhatItWas() {
    AugmentationPlan both =
        new AugmentationPlan(20, List.of(new Copies(PITCH, 0.5), new Copies(NOISE, 0.7)));

    for (int i = 0; i < 50; i++) {
      String name = "%d.wav".formatted(i);
      assertThat(both.of(name)).containsAll(plan(20, 0.7).of(name));
    }
  }

  @Test
  void givenAnotherSeedOrName_whenPlanned_thenTheDrawsAreOthers() {
    long seed = plan(20, 1).of("a.wav").get(0).seed();

    assertThat(plan(21, 1).of("a.wav").get(0).seed()).isNotEqualTo(seed);
    assertThat(plan(20, 1).of("b.wav").get(0).seed()).isNotEqualTo(seed);
    assertThat(plan(20, 1).of("a.wav").get(0).seed()).isEqualTo(seed);
  }

  /** Values that tables rely on: another run of another version must give the same variants. */
  @Test
  void givenAKnownRecording_whenItsNoiseIsMade_thenItIsTheOneItHasAlwaysBeen() {
    Planned planned = plan(20, 1).of("Actor_01/03-01-05-01-01-01-01.wav").get(0);

    Augmented noisy = planned.apply(new Clip(ramp(), 16_000));

    assertThat(planned.seed()).isEqualTo(SEED);
    assertThat(noisy.detail()).isEqualTo(DETAIL);
    assertThat(AudioHash.of(noisy.clip())).isEqualTo(HASH);
  }

  private static final long SEED = -5939224601605488998L;
  private static final String DETAIL = "snr_db=23.808";
  private static final String HASH =
      "04c2307e861825d62c174b75f81558fafd5a7d30f72f42c8810fc858de7c81e8";

  /** The reference values of SplitMix64 for this seed. */
  @Test
  void givenTheGeneratorOfTheDraws_whenAsked_thenItIsSplitMix64() {
    SplittableRandom random = new SplittableRandom(1234567);

    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
  }

  @Test
  void givenAPlan_whenSerialised_thenItIsEqual() throws Exception {
    AugmentationPlan plan =
        new AugmentationPlan(
            1,
            List.of(
                new Copies(NOISE, 0.7),
                new Copies(PITCH, 0.7),
                new Copies(new TimeStretch(new Range(0.8, 1.25)), 0.7),
                new Copies(new SpeedChange(new Range(0.92, 1.08)), 2),
                new Copies(new TelephoneBand(java.util.EnumSet.allOf(CompandingLaw.class)), 1)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plan);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(plan);
    }
  }

  @Test
  void givenWrongCopies_whenMade_thenTheMessageNamesThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Copies(NOISE, -0.1))
        .withMessageContaining("-0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Copies(NOISE, Double.NaN))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new AugmentationPlan(1, List.of(new Copies(NOISE, 1), new Copies(NOISE, 2))))
        .withMessageContaining("once");
  }

  private static AugmentationPlan plan(long seed, double copies) {
    return new AugmentationPlan(seed, List.of(new Copies(NOISE, copies)));
  }

  // Without Math.sin, which may round in another way on another machine.
  private static float[] ramp() {
    float[] samples = new float[1_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (i % 100 - 50) / 128f;
    }
    return samples;
  }
}
