package ser.jobs.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** What a search may give to one parameter. */
public sealed interface ValueRange {

  /** One value, with the random numbers of a source that nothing else draws from. */
  Object draw(SplittableRandom random);

  /** True if every value is a number. */
  boolean numeric();

  /** For people: {@code 0.001 to 0.1, log}. */
  String description();

  /**
   * One of some values, each as likely as the others.
   *
   * @param values texts, numbers, truth values or lists of these
   */
  record OneOf(List<Object> values) implements ValueRange {
    public OneOf {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("a list to choose from has nothing in it");
      }
    }

    @Override
    public Object draw(SplittableRandom random) {
      return values.get(random.nextInt(values.size()));
    }

    @Override
    public boolean numeric() {
      return values.stream().allMatch(value -> value instanceof Number);
    }

    @Override
    public String description() {
      return "one of " + values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
  }

  /** Whether equal differences or equal ratios are equally likely. */
  enum Scale {
    LINEAR,
    LOG
  }

  /**
   * Numbers from the smallest to the largest, both included.
   *
   * @param scale how they are spread
   * @param step between neighbours, counted from the smallest; 0 for any number, of which four
   *     digits are kept
   */
  record Between(double min, double max, Scale scale, double step) implements ValueRange {
    private static final MathContext DIGITS = new MathContext(4);

    public Between {
      if (!(min <= max) || !Double.isFinite(min) || !Double.isFinite(max)) {
        throw new IllegalArgumentException("min %s must be at most max %s".formatted(min, max));
      }
      if (scale == Scale.LOG && !(min > 0)) {
        throw new IllegalArgumentException(
            "min %s must be above 0 with scale = log".formatted(min));
      }
      if (!(step >= 0) || Double.isInfinite(step)) {
        throw new IllegalArgumentException("step %s must be above 0".formatted(step));
      }
    }

    @Override
    public Object draw(SplittableRandom random) {
      return step == 0 ? anywhere(random.nextDouble()) : onAStep(random.nextDouble());
    }

    @Override
    public boolean numeric() {
      return true;
    }

    @Override
    public String description() {
      return plain(min)
          + " to "
          + plain(max)
          + (step > 0 ? " in steps of " + plain(step) : "")
          + (scale == Scale.LOG ? ", logarithmic" : "");
    }

    private static String plain(double value) {
      BigDecimal number = BigDecimal.valueOf(value).stripTrailingZeros();
      return number.signum() == 0 ? "0" : number.toPlainString();
    }

    private Object anywhere(double share) {
      double value =
          scale == Scale.LINEAR
              ? min + share * (max - min)
              : Math.exp(Math.log(min) + share * (Math.log(max) - Math.log(min)));
      double rounded = BigDecimal.valueOf(value).round(DIGITS).doubleValue();
      return Math.max(min, Math.min(max, rounded));
    }

    private Object onAStep(double share) {
      long last = (long) Math.floor((max - min) / step + 1e-9);
      // Of a logarithmic scale each step has the part from itself to the next one.
      double place =
          scale == Scale.LINEAR
              ? share * (last + 1)
              : (Math.exp(Math.log(min) + share * Math.log((min + (last + 1) * step) / min)) - min)
                  / step;
      long steps = Math.min(last, (long) Math.floor(place));
      BigDecimal value =
          BigDecimal.valueOf(min)
              .add(BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(steps)))
              .stripTrailingZeros();
      if (value.scale() <= 0) {
        return value.longValueExact();
      }
      return value.doubleValue();
    }
  }
}
