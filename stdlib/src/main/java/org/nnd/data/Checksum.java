package org.nnd.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.nnd.ir.NndException;

/**
 * What a file's bytes must add up to.
 *
 * @param algorithm {@code SHA-256} or {@code MD5}
 * @param hex the digest in lower-case hexadecimal digits
 */
public record Checksum(String algorithm, String hex) {
  public Checksum {
    hex = hex.toLowerCase(Locale.ROOT);
    int digits = algorithm.equals("SHA-256") ? 64 : 32;
    if (!hex.matches("[0-9a-f]{" + digits + "}")) {
      throw new NndException(
          "a %s checksum has %d hexadecimal digits, got '%s'".formatted(algorithm, digits, hex));
    }
  }

  /** A SHA-256 sum, 64 hexadecimal digits. */
  public static Checksum sha256(String hex) {
    return new Checksum("SHA-256", hex);
  }

  /** For data sets whose authors published nothing better; it finds damage, not malice. */
  public static Checksum md5(String hex) {
    return new Checksum("MD5", hex);
  }

  /** The digest of a file in hexadecimal digits. */
  String of(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public String toString() {
    return algorithm + " " + hex;
  }
}
