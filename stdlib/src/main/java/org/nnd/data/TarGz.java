package org.nnd.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.nnd.ir.NndException;

/**
 * Unpacks the plain files of a {@code .tar.gz} archive (POSIX ustar: blocks of 512 bytes, a header
 * before each file). Names that would lead out of the folder are refused.
 */
final class TarGz {
  private static final int BLOCK = 512;

  private TarGz() {}

  /**
   * Unpacks into {@code folder/unpacked}; a folder that is there was unpacked whole and is taken as
   * it is, unless the archive is newer.
   */
  static Path unpack(Path archive, Path folder) {
    Path target = folder.resolve("unpacked");
    try {
      if (Files.isDirectory(target)
          && Files.getLastModifiedTime(target).compareTo(Files.getLastModifiedTime(archive)) >= 0) {
        return target;
      }
      Path beside = folder.resolve(".unpacked." + UUID.randomUUID());
      try {
        Files.createDirectories(beside);
        try (InputStream in =
            new BufferedInputStream(
                new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16)) {
          entries(in, beside);
        }
        deleteTree(target);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        deleteTree(beside);
      }
      return target;
    } catch (NndException e) {
      throw new NndException(archive + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new NndException(
          "%s: cannot be unpacked: %s: %s"
              .formatted(archive, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  private static void entries(InputStream in, Path folder) throws IOException {
    while (true) {
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK || header[0] == 0) {
        return; // the end of an archive is a block of zeros
      }
      String prefix = header[257] == 'u' ? text(header, 345, 155) : "";
      String name = prefix.isEmpty() ? text(header, 0, 100) : prefix + "/" + text(header, 0, 100);
      long size = octal(text(header, 124, 12), name);
      Path file = folder.resolve(name).normalize();
      if (!file.startsWith(folder)) {
        throw new NndException("the name '" + name + "' leads out of the folder");
      }
      if (header[156] == '0' || header[156] == 0) {
        Files.createDirectories(file.getParent());
        copy(in, size, file, name);
      } else {
        in.skipNBytes(size);
      }
      in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }
  }

  private static void copy(InputStream in, long size, Path file, String name) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (var out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; ) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new NndException("cut off in '" + name + "'");
        }
        out.write(buffer, 0, n);
        left -= n;
      }
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(String text, String name) {
    if (!text.strip().matches("[0-7]{1,12}")) {
      throw new NndException("'%s' has no size but '%s': not a tar archive?".formatted(name, text));
    }
    return Long.parseLong(text.strip(), 8);
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
