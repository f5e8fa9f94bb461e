package ser.jobs.train;

import java.io.Serializable;

/**
 * One row as the network sees it.
 *
 * @param recording its name
 * @param variant which of the recording's rows it is
 * @param label index of its emotion among the model's labels
 * @param values normalised, planar, shape [channels][rows][frames]; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelledInput(String recording, String variant, int label, float[] values)
    implements Serializable {}
