package org.nnd.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.nnd.ir.NndException;

/** Tensor data in files beside the model. Nothing outside the model's folder is ever opened. */
record ExternalData(Path model) {
  /** {@return the {@code wanted} bytes that the entries of a tensor name} */
  ByteBuffer read(Map<String, String> entries, long wanted, String what) {
    String location = entries.getOrDefault("location", "");
    Path data = inside(location, what);
    long offset = number(entries.getOrDefault("offset", "0"), what);
    long length = entries.containsKey("length") ? number(entries.get("length"), what) : wanted;
    if (length != wanted) {
      throw error(what, "has %,d bytes in %s; it needs %,d".formatted(length, location, wanted));
    }
    try (FileChannel channel = FileChannel.open(data, StandardOpenOption.READ)) {
      if (offset > channel.size() || wanted > channel.size() - offset) {
        throw error(
            what,
            "lies at bytes %,d to %,d of %s, which has %,d bytes"
                .formatted(offset, Math.max(offset, offset + wanted), location, channel.size()));
      }
      if (wanted > Integer.MAX_VALUE - 8) {
        throw error(what, "has %,d bytes; at most 2 GB are supported".formatted(wanted));
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) wanted);
      channel.position(offset);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      return bytes.flip();
    } catch (IOException e) {
      throw error(what, "cannot be read from %s: %s".formatted(location, e));
    }
  }

  /** The file that a location names, links followed: inside the model's folder, a regular file. */
  private Path inside(String location, String what) {
    try {
      Path folder = model.toAbsolutePath().normalize().getParent();
      Path named = Path.of(location);
      Path resolved = folder.resolve(named).normalize();
      boolean leaves =
          location.isEmpty()
              || named.isAbsolute()
              || !resolved.startsWith(folder)
              || resolved.equals(folder);
      if (leaves) {
        throw error(
            what,
            "has its data in '%s'; it must be a file in the model's folder".formatted(location));
      }
      if (!Files.exists(resolved, LinkOption.NOFOLLOW_LINKS)) {
        throw error(what, "has its data in '%s', which does not exist".formatted(location));
      }
      Path real = resolved.toRealPath();
      if (!real.startsWith(folder.toRealPath()) || !Files.isRegularFile(real)) {
        throw error(
            what,
            "has its data in '%s'; it must be a file in the model's folder".formatted(location));
      }
      return real;
    } catch (InvalidPathException | IOException e) {
      throw error(
          what,
          "has its data in '%s', which is no path of a file: %s"
              .formatted(location, e.getMessage()));
    }
  }

  private long number(String text, String what) {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw error(what, "has the offset or length '" + text + "' in its external data");
  }

  private NndException error(String what, String problem) {
    return new NndException("%s: %s %s".formatted(model, what, problem));
  }
}
