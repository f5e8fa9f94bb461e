package ser.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report over all folds, worked by hand. */
class CrossValidationTest {
  @Test
  void givenTwoFolds_whenPooled_thenMatricesAddUpAndTheSpreadIsOverFolds() throws Exception {
    // Fold 1: happy 3 of 4, sad 2 of 2: accuracy 5/6, recalls 0.75 and 1, UAR 0.875.
    // Fold 2: happy 1 of 2, sad 1 of 4: accuracy 2/6, recalls 0.5 and 0.25, UAR 0.375.
    // Pooled: happy 4 of 6, sad 3 of 6: accuracy 7/12, UAR (4/6 + 3/6) / 2 = 7/12.
    ObjectNode report =
        CrossValidation.pooled(
            List.of(
                fold(1, "[[3,1],[0,2]]", 5 / 6.0, 0.875, "a"),
                fold(2, "[[1,1],[3,1]]", 2 / 6.0, 0.375, "b")));

    JsonNode test = report.path("test");
    assertThat(test.path("accuracy").asDouble()).isCloseTo(7 / 12.0, within(1e-12));
    assertThat(test.path("uar").asDouble()).isCloseTo(7 / 12.0, within(1e-12));
    assertThat(test.path("recordings").asInt()).isEqualTo(12);
    assertThat(test.path("confusion").toString()).isEqualTo("[[4,2],[3,3]]");
    assertThat(test.path("speakers").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(test.path("normalise").asText()).isEqualTo("speaker");
    assertThat(test.path("transductive").asBoolean()).isTrue();
    assertThat(report.path("split_detail").asText()).isEqualTo("2 folds");
    assertThat(report.path("speaker_normalisation").path("prior_s").asInt()).isEqualTo(30);
    assertThat(report.path("leaks").path("known").toString())
        .isEqualTo("[{\"kind\":\"k\",\"count\":3,\"example\":\"of fold 1\"}]");
    assertThat(report.path("folds")).hasSize(2);
    assertThat(report.path("folds").get(1).path("split_detail").asText()).isEqualTo("fold 2 of 2");
    assertThat(report.path("folds").findValuesAsText("folder")).containsExactly("fold-1", "fold-2");
    assertThat(report.path("folds").findValuesAsText("loss")).containsExactly("1.5", "2.5");
    assertThat(report.path("monitor").asText()).isEqualTo("loss");
    JsonNode uar = report.path("over_folds").path("uar");
    assertThat(uar.path("mean").asDouble()).isCloseTo(0.625, within(1e-12));
    // Deviations of 0.25 each: 2 * 0.0625 / (2 - 1).
    assertThat(uar.path("deviation").asDouble()).isCloseTo(Math.sqrt(0.125), within(1e-12));
    assertThat(uar.path("min").asDouble()).isEqualTo(0.375);
    assertThat(uar.path("max").asDouble()).isEqualTo(0.875);
  }

  private static ObjectNode fold(
      int fold, String confusion, double accuracy, double uar, String speaker) throws Exception {
    String json =
        """
        {"recipe": "r", "split": "speakers", "split_detail": "fold %d of 2", "normalise": "speaker",
         "transductive": true, "parameters": 9, "seed": 1, "corpora": ["c"], "best_epoch": 3, "monitor": "loss",
         "epochs": [{"epoch": 1, "loss": %d.5}],
         "model_id": "m%d", "speaker_normalisation": {"prior_s": 30},
         "leaks": {"known": [{"kind": "k", "count": %d, "example": "of fold %d"}], "rows": {}},
         "test": {"split": "speakers", "normalise": "speaker", "transductive": true,
                  "accuracy": %s, "uar": %s, "macro_f1": 0.5, "labels": ["happy", "sad"],
                  "confusion": %s, "speakers": ["%s"]}}
        """
            .formatted(fold, fold, fold, fold, fold, accuracy, uar, confusion, speaker);
    return (ObjectNode) new ObjectMapper().readTree(json);
  }
}
