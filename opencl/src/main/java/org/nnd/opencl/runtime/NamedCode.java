package org.nnd.opencl.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.nnd.opencl.kernel.ClWriter;
import org.nnd.opencl.kernel.Kernel;

/**
 * A kernel's text under a name that tells kernels of equal operations and different text apart.
 *
 * @param name of the function in the text
 */
record NamedCode(String name, String code) {

  /** {@return the text of a kernel, whose name is extended by a hash of the text} */
  static NamedCode of(Kernel kernel) {
    String code = ClWriter.code(kernel);
    String name = kernel.name() + "_" + hash(code);
    String head = "\nvoid %s(\n";
    return new NamedCode(name, code.replace(head.formatted(kernel.name()), head.formatted(name)));
  }

  private static String hash(String code) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
