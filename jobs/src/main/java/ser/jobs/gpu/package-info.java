/** GPUs of executors: which one a task has, and whether the CUDA backend can run on it. */
package ser.jobs.gpu;
