package org.nnd.tests.peers;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** ONNX Runtime's only environment. */
public final class OnnxEnvironment {
  private OnnxEnvironment() {}

  /**
   * {@return the environment, made by a thread with a larger stack} ONNX Runtime 1.29 applies a
   * regular expression to the command line of the process, whose recursion overflows a usual stack
   * where the class path is long.
   */
  public static OrtEnvironment open() {
    FutureTask<OrtEnvironment> made =
        new FutureTask<>(
            () -> OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "nnd"));
    new Thread(null, made, "onnxruntime", 64L << 20).start();
    try {
      return made.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
