/** Trained networks as ONNX: the file that other programs run, and ONNX Runtime running it. */
package ser.model.onnx;
