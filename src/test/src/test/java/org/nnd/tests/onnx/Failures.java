package org.nnd.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;

/** What went wrong in which of many cases. */
final class Failures {
  /** A case. */
  interface Case {
    void run() throws Exception;
  }

  private final Map<String, String> reasons = new LinkedHashMap<>();

  void watch(String name, Case body) {
    try {
      body.run();
    } catch (Exception | AssertionError e) {
      reasons.put(name, e.toString());
    }
  }

  void assertNone() {
    StringBuilder text = new StringBuilder();
    reasons.forEach((name, reason) -> text.append(name).append(": ").append(reason).append('\n'));
    assertEquals("", text.toString(), () -> reasons.size() + " failed");
  }
}
