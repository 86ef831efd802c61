package org.nnd.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.nnd.ir.NndException;

/**
 * {@code %maven group:artifact:version} and its kin: libraries for the session, as in JJava and
 * IJava. What they depend on comes along.
 */
final class MavenMagics {
  private final Set<String> repositories = new LinkedHashSet<>();
  private final Consumer<List<Path>> classPath;

  private MavenMagics(Consumer<List<Path>> classPath) {
    this.classPath = classPath;
  }

  /** Registers them; {@code classPath} takes the jars that come. */
  static void register(Magics magics, Consumer<List<Path>> classPath) {
    var maven = new MavenMagics(classPath);
    for (String name : List.of("%maven", "%addMavenDependency", "%addMavenDependencies")) {
      magics.register(name, maven::add);
    }
    for (String name : List.of("%mavenRepo", "%addMavenRepo")) {
      magics.register(name, maven::repository);
    }
    magics.register("%loadFromPOM", maven::pom);
    magics.register("%%loadFromPOM", maven::partOfPom);
  }

  private Object add(Magic.Call call) throws Exception {
    var coordinates = new ArrayList<String>();
    Set<String> from = new LinkedHashSet<>(repositories);
    List<String> words = call.arguments();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("--from=")) {
        from.add(word.substring("--from=".length()));
      } else if (word.equals("--from") && i + 1 < words.size()) {
        from.add(words.get(++i));
      } else {
        coordinates.add(word);
      }
    }
    if (coordinates.isEmpty()) {
      throw new NndException("%maven takes libraries as group:artifact:version");
    }
    return load(Pom.of(coordinates, from));
  }

  private Object repository(Magic.Call call) {
    if (call.arguments().size() != 2) {
      throw new NndException("%mavenRepo takes a name and an address");
    }
    repositories.add(call.arguments().get(1));
    return null;
  }

  private Object pom(Magic.Call call) throws Exception {
    return load(Pom.read(Path.of(call.single("loadFromPOM", "the path of a POM"))));
  }

  private Object partOfPom(Magic.Call call) throws Exception {
    return load(Pom.around(call.body(), repositories));
  }

  private Object load(Pom pom) throws Exception {
    List<Path> jars = pom.resolve();
    classPath.accept(jars);
    return jars.stream().map(Path::toString).toList();
  }
}
