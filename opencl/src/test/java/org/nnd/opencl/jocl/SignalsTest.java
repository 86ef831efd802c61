package org.nnd.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SignalsTest {
  /** LLVM, inside PoCL, would otherwise take SIGSEGV from Java while it compiles a kernel. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theJdkChainsThem() throws IOException {
    String maven = System.getProperty("nnd.maven.jdk", "21");
    assumeTrue(
        Integer.parseInt(maven) >= 21,
        "skipped: Maven runs on JDK "
            + maven
            + ", whose library is too old; `./nnd test` has another");
    assertTrue(Files.readString(Path.of("/proc/self/maps")).contains("/libjsig.so"));
  }
}
