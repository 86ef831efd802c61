package org.nnd.session;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.nnd.ir.NndException;

/** {@code %classpath} and {@code %jars}: jars and folders of classes for the session, as globs. */
final class ClassPathMagics {
  private ClassPathMagics() {}

  /** Registers them; {@code classPath} takes what is found. */
  static void register(Magics magics, Consumer<List<Path>> classPath) {
    Magic magic =
        call -> {
          if (call.arguments().isEmpty()) {
            throw new NndException("it takes the paths of jars and of folders of classes");
          }
          var found = new ArrayList<Path>();
          for (String glob : call.arguments()) {
            List<Path> named = resolve(glob);
            if (named.isEmpty()) {
              throw new NndException(glob + ": no file has such a name");
            }
            found.addAll(named);
          }
          classPath.accept(found);
          return found.stream().map(Path::toString).toList();
        };
    magics.register("%classpath", magic);
    magics.register("%jars", magic);
  }

  /** {@return the files that a glob names; only its last element may have wildcards} */
  static List<Path> resolve(String glob) {
    int slash = glob.replace('\\', '/').lastIndexOf('/');
    Path folder = Path.of(glob.substring(0, slash + 1)).toAbsolutePath().normalize();
    String name = glob.substring(slash + 1);
    if (!name.contains("*")) {
      if (!Files.exists(folder.resolve(name))) {
        throw new NndException(glob + ": no such file");
      }
      return List.of(folder.resolve(name));
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
    if (!Files.isDirectory(folder)) {
      throw new NndException(glob + ": no such folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> matcher.matches(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new NndException(glob + ": the folder cannot be read", e);
    }
  }
}
