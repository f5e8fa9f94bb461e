package ser.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Medians over the rounds of {@code bench/score}, and the best of each kind of peer.
 *
 * @param ours the side that does the same work as the peers
 * @param shipped ours with its speech detector, which spares the network the pauses
 */
record ScoreSummary(Map<String, List<ScoreRound>> done, String ours, String shipped, int workers) {
  private static final ToDoubleFunction<ScoreRound> PER_WALL_S = r -> r.audioS() / r.wallS();
  private static final ToDoubleFunction<ScoreRound> PER_CPU_S = r -> r.audioS() / r.cpuS();
  private static final ToDoubleFunction<ScoreRound> PER_WORK_S = r -> r.audioS() / r.workS();

  /**
   * Prints a table and gives the last line.
   *
   * @param alone audio-seconds per second of decoding, features and network alone, by round
   */
  ObjectNode line(int recordings, List<Double> alone) {
    System.out.printf(
        Locale.ROOT,
        "audio-seconds per second of  %-24s %-24s %s%n",
        "wall, start included",
        "CPU, start included",
        "its own clock");
    ObjectNode line = new ObjectMapper().createObjectNode();
    String torch = best(false);
    String onnx = best(true);
    double mine = median(ours, PER_WALL_S);
    line.put("bench", "score");
    line.put("ours", Spread.rounded(mine));
    line.put("peer", Spread.rounded(median(torch, PER_WALL_S)));
    line.put("ratio", Spread.rounded(mine / median(torch, PER_WALL_S)));
    line.put("onnx", Spread.rounded(median(onnx, PER_WALL_S)));
    line.put("onnx_ratio", Spread.rounded(mine / median(onnx, PER_WALL_S)));
    double withoutPauses = median(shipped, PER_WALL_S);
    line.put("no_pauses", Spread.rounded(withoutPauses));
    line.put("no_pauses_ratio", Spread.rounded(withoutPauses / median(torch, PER_WALL_S)));
    line.put("no_pauses_onnx_ratio", Spread.rounded(withoutPauses / median(onnx, PER_WALL_S)));
    double stages = Spread.of(alone).median();
    line.put("stages_alone", Spread.rounded(stages));
    line.put("overhead", Spread.rounded(stages / mine - 1));
    line.put("unit", "audio-seconds per second, %d workers, start included".formatted(workers));
    line.put("cpu_ratio", ratio(torch, PER_CPU_S));
    line.put("onnx_cpu_ratio", ratio(onnx, PER_CPU_S));
    line.put("own_clock_ratio", ratio(torch, PER_WORK_S));
    line.put("onnx_own_clock_ratio", ratio(onnx, PER_WORK_S));
    line.put("best_peer", torch);
    line.put("best_onnx", onnx);
    line.put("recordings", recordings);
    line.put("audio_s", Spread.rounded(done.get(ours).get(0).audioS()));
    line.put("rounds", done.get(ours).size());
    ObjectNode all = line.putObject("all");
    done.forEach(
        (side, rounds) -> {
          System.out.printf(
              Locale.ROOT,
              "%-28s %-24s %-24s %s%n",
              side,
              spread(side, PER_WALL_S),
              spread(side, PER_CPU_S),
              spread(side, PER_WORK_S));
          ObjectNode row = all.putObject(side);
          Spread perWallS = spread(side, PER_WALL_S);
          row.put("audio_s_per_wall_s", Spread.rounded(perWallS.median()));
          row.putArray("range")
              .add(Spread.rounded(perWallS.least()))
              .add(Spread.rounded(perWallS.most()));
          row.put("audio_s_per_cpu_s", Spread.rounded(median(side, PER_CPU_S)));
          row.put("audio_s_per_own_clock_s", Spread.rounded(median(side, PER_WORK_S)));
        });
    return line;
  }

  private String best(boolean onnx) {
    return done.keySet().stream()
        .filter(
            side ->
                !side.equals(ours)
                    && !side.equals(shipped)
                    && side.startsWith(ScorePeer.ONNX) == onnx)
        .max(Comparator.comparingDouble(side -> median(side, PER_WALL_S)))
        .orElseThrow();
  }

  /** Of ours to a side's. */
  private double ratio(String side, ToDoubleFunction<ScoreRound> figure) {
    return Spread.rounded(median(ours, figure) / median(side, figure));
  }

  private double median(String side, ToDoubleFunction<ScoreRound> figure) {
    return spread(side, figure).median();
  }

  private Spread spread(String side, ToDoubleFunction<ScoreRound> figure) {
    return Spread.of(done.get(side).stream().map(figure::applyAsDouble).toList());
  }
}
