package ser.report.chart;

/**
 * What fills a part of a chart: classes of the style sheet, which alone knows the colours, for
 * light and for dark.
 *
 * @param style classes of an element
 */
public record Colour(String style) {
  /** Of what belongs to none of those that have colours: an outline. */
  public static final Colour NOBODY = new Colour("fill-nobody");

  public Colour {
    if (!style.matches("fill-([1-9]|nobody)|fill-emotion emotion-[a-z]+")) {
      throw new IllegalArgumentException("the style sheet has no colour '%s'".formatted(style));
    }
  }

  /**
   * @param number 1 to {@value Legend#COLOURS}
   */
  public static Colour numbered(int number) {
    Legend.requireColour(number);
    return new Colour(Legend.fill(number));
  }

  /**
   * The same in all charts, and on the web page.
   *
   * @param label as in tables: {@code angry}
   */
  public static Colour ofEmotion(String label) {
    return new Colour("fill-emotion emotion-" + label);
  }
}
