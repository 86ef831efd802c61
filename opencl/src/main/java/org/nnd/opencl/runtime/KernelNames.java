package org.nnd.opencl.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names that tell kernels of equal operations and different text apart. */
final class KernelNames {
  private KernelNames() {}

  /** {@return the text with the kernel's name extended by a hash of the text} */
  static String unique(String name, String code) {
    return code.replace("void " + name + "(", "void " + name + "_" + hash(code) + "(");
  }

  /** {@return the name of the kernel in a text} */
  static String of(String code) {
    int start = code.indexOf("\nvoid ") + 6;
    return code.substring(start, code.indexOf('(', start));
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
