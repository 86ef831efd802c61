package org.nnd.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.format.Json;

/**
 * The kernel's messages: {@code contract.py} and {@code behaviour.py}, one test for each of theirs.
 */
class KernelTest {
  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> jupytersOwnTests() throws Exception {
    return tests("contract.py");
  }

  @TestFactory
  List<DynamicTest> whatUsersRelyOn() throws Exception {
    return tests("behaviour.py");
  }

  private List<DynamicTest> tests(String script) throws IOException, InterruptedException {
    Jupyter jupyter = Jupyter.in(folder, "jupyter_kernel_test", "python3-jupyter-kernel-test");
    Jupyter.Result result = jupyter.python(script);
    List<DynamicTest> tests =
        result.out().lines().filter(line -> line.startsWith("{")).map(KernelTest::test).toList();
    assertTrue(tests.size() > 5, result.out());
    return tests;
  }

  private static DynamicTest test(String line) {
    var told = (Map<?, ?>) Json.parse(line, "a result");
    return dynamicTest(
        told.get("test").toString(),
        () -> {
          switch (told.get("outcome").toString()) {
            case "failed" -> fail(told.get("detail").toString());
            case "skipped" -> abort(told.get("detail").toString());
            default -> assertTrue(told.containsKey("test"));
          }
        });
  }
}
