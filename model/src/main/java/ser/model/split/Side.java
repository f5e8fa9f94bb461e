package ser.model.split;

/** Where a recording goes. */
public enum Side {
  TRAINING,
  VALIDATION,
  TEST
}
