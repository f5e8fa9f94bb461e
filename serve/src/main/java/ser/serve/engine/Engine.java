package ser.serve.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ser.features.audio.AudioFormat;
import ser.features.audio.UnreadableAudioException;

/**
 * The models and their limits. For use by many threads. Recordings stay in memory, nothing else.
 */
public final class Engine implements AutoCloseable {
  private final List<ServedModel> models;
  private final Limits limits;
  private final Admission admission;

  /**
   * @param models at least one, none twice; closed with this
   */
  public Engine(List<ServedModel> models, Limits limits) {
    this.models = List.copyOf(models);
    this.limits = limits;
    this.admission = new Admission(limits);
  }

  public List<ServedModel> models() {
    return models;
  }

  public Limits limits() {
    return limits;
  }

  /** Recordings that are scored or wait for it. */
  public int inFlight() {
    return admission.inside();
  }

  /**
   * The models of some names, in that order.
   *
   * @param ids empty for all
   * @throws RefusedException if there is none of a name, or one stands twice
   */
  public List<ServedModel> named(List<String> ids) {
    if (ids.isEmpty()) {
      return models;
    }
    List<ServedModel> named = new ArrayList<>();
    for (String id : ids) {
      ServedModel model =
          models.stream()
              .filter(loaded -> loaded.id().equals(id))
              .findFirst()
              .orElseThrow(
                  () ->
                      new RefusedException(
                          Refusal.UNKNOWN_MODEL,
                          "No model of that name is loaded. GET /api/models lists them."));
      if (named.contains(model)) {
        throw new RefusedException(
            Refusal.BAD_PARAMETER, "A model is named twice. Name each of them once.");
      }
      named.add(model);
    }
    return named;
  }

  /**
   * Scores a recording, as soon as there is a place.
   *
   * @param recording as it was sent; not copied, not changed
   * @param details whether pictures are wanted
   * @throws UnreadableAudioException if it cannot be read
   * @throws RefusedException if it is beyond a limit
   */
  public Answer score(byte[] recording, Channel channel, List<ServedModel> asked, boolean details)
      throws UnreadableAudioException, InterruptedException {
    Deadline deadline = Deadline.in(Duration.ofSeconds(limits.requestS()));
    Admission.Place place = admission.enter(deadline);
    try {
      return score(new Upload(recording, channel, limits.seconds(), deadline), asked, details);
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory failed", e);
    } finally {
      place.close();
    }
  }

  private Answer score(Upload upload, List<ServedModel> asked, boolean details)
      throws IOException, UnreadableAudioException {
    AudioFormat format = upload.format();
    Optional<Pictures> pictures =
        details ? Optional.of(Pictures.of(upload, asked.get(0).file().input())) : Optional.empty();
    List<ModelResult> results = new ArrayList<>();
    for (ServedModel model : asked) {
      results.add(model.score(upload));
    }
    return new Answer(
        results.get(0).summary().durationS(),
        format.sampleRateHz(),
        format.channels(),
        upload.channel().scoredOf(format.channels()),
        results,
        pictures);
  }

  @Override
  public void close() {
    models.forEach(ServedModel::close);
  }
}
