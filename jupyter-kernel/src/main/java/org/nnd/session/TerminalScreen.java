package org.nnd.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.nnd.draw.Picture;
import org.nnd.format.AtomicFile;

/**
 * Prints the plain form of pictures on standard output, whatever that is at the time. Where a
 * folder is given, the other forms become files there: {@code 01-network.svg}, {@code
 * 02-history.png}, a number for each picture in the order of their appearance. An updated picture
 * keeps its number.
 */
public final class TerminalScreen implements Screen {
  private static final String RANDOM_END = "-[0-9a-f]{8}$";

  private final Optional<Path> folder;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * A screen that saves pictures in {@code folder} where one is given, which is made when needed.
   */
  public TerminalScreen(Optional<Path> folder) {
    this.folder = folder;
  }

  @Override
  public void show(String id, Picture picture) {
    System.out.println(picture.plain());
    folder.ifPresent(f -> save(f, id, picture));
  }

  @Override
  public void update(String id, Picture picture) {
    show(id, picture);
  }

  /** What has been printed stays. */
  @Override
  public void clear(boolean wait) {}

  private synchronized void save(Path folder, String id, Picture picture) {
    if (picture.forms().isEmpty()) {
      return;
    }
    int number = numbers.computeIfAbsent(id, any -> numbers.size() + 1);
    String name = id.replaceFirst(RANDOM_END, "").replaceAll("[^\\p{Alnum}_-]+", "-");
    picture
        .forms()
        .forEach(
            (type, content) -> {
              byte[] bytes =
                  isBinary(type)
                      ? Base64.getMimeDecoder().decode(content)
                      : content.getBytes(StandardCharsets.UTF_8);
              String file = "%02d-%s.%s".formatted(number, name, extension(type));
              AtomicFile.write(
                  folder.resolve(file),
                  channel -> {
                    ByteBuffer left = ByteBuffer.wrap(bytes);
                    while (left.hasRemaining()) {
                      channel.write(left);
                    }
                  });
            });
  }

  private static boolean isBinary(String type) {
    return type.startsWith("image/") && !type.endsWith("+xml");
  }

  /** {@code html} of {@code text/html}, {@code svg} of {@code image/svg+xml}. */
  private static String extension(String type) {
    return switch (type) {
      case "text/markdown" -> "md";
      case "text/latex" -> "tex";
      default -> type.replaceFirst("^.*/", "").replaceFirst("\\+.*$", "");
    };
  }
}
