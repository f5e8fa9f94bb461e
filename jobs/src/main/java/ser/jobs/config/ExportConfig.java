package ser.jobs.config;

import com.typesafe.config.Config;

/**
 * What {@code ser export} does.
 *
 * @param model the model file
 * @param format of the file that is written
 * @param output the file, or a folder or prefix that it is put into
 */
public record ExportConfig(String model, Format format, String output) {
  private static final String GROUP = "ser.export";

  /** What a network is written as. */
  public enum Format {
    ONNX
  }

  public static ExportConfig from(Config config) {
    Settings settings = new Settings(config, GROUP);
    String format = settings.text("format");
    return new ExportConfig(
        settings.required("model", "--model"),
        settings.checked(
            () -> {
              if (!format.equals("onnx")) {
                throw new IllegalArgumentException(
                    "format '%s' is not known; the one there is is onnx".formatted(format));
              }
              return Format.ONNX;
            }),
        settings.required("output", "--output"));
  }

  /** Where the file goes: what ends in {@code .onnx} is its own name. */
  public String file() {
    return output.endsWith(".onnx") ? output : output.replaceAll("/+$", "") + "/model.onnx";
  }
}
