package ser.model.network.onednn;

/** A layer that can run on oneDNN's primitives. */
public interface OneDnnLayer {
  /** False where the library is missing or the layer's settings are none that it can do. */
  boolean onOneDnn();
}
