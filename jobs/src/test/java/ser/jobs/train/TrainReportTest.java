package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class TrainReportTest {
  @Test
  void givenReportsOfEqualTrainings_whenModelsKeepThem_thenTheClockIsNotInThem() throws Exception {
    ObjectNode undisturbed = report(1.5, 0);

    assertThat(TrainReport.ofModel(undisturbed))
        .isEqualTo(TrainReport.ofModel(report(2.7, 1)))
        .isEqualTo(
            new ObjectMapper()
                .readTree("{\"seed\": 20, \"epochs\": [{\"epoch\": 1, \"loss\": 0.5}]}"));
    assertThat(undisturbed).as("what report.json has").isEqualTo(report(1.5, 0));
  }

  private static ObjectNode report(double seconds, int resumedAfter) {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("seed", 20).put("resumed_after_epoch", resumedAfter);
    report.putArray("epochs").addObject().put("epoch", 1).put("loss", 0.5).put("seconds", seconds);
    return report;
  }
}
