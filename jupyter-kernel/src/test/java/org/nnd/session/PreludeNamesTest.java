package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** A name that two imported packages have means neither: javac calls it ambiguous. */
class PreludeNamesTest {
  private final List<String> imports = imports();

  private static List<String> imports() {
    try (var in = PreludeNamesTest.class.getResourceAsStream("prelude.imports")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("import "))
          .map(line -> line.substring("import ".length(), line.length() - 1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPublic(String name) {
    try {
      return Modifier.isPublic(
          Class.forName(name, false, PreludeNamesTest.class.getClassLoader()).getModifiers());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new AssertionError(name, e);
    }
  }

  private static List<String> classes(String packageName) throws IOException {
    var names = new ArrayList<String>();
    try (StandardJavaFileManager files =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      for (var location :
          List.of(
              StandardLocation.CLASS_PATH,
              files.getLocationForModule(StandardLocation.SYSTEM_MODULES, "java.base"))) {
        var kinds = Set.of(JavaFileObject.Kind.CLASS);
        for (JavaFileObject file : files.list(location, packageName, kinds, false)) {
          names.add(files.inferBinaryName(location, file));
        }
      }
    }
    return names.stream().filter(name -> !name.contains("$")).toList();
  }

  private Set<String> ambiguous(Map<String, Set<String>> owners) {
    return owners.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry -> entry.getKey() + " in " + entry.getValue())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aClassNameMeansOneClass() throws Exception {
    Set<String> chosen =
        imports.stream()
            .filter(line -> !line.startsWith("static ") && !line.endsWith(".*"))
            .map(line -> line.substring(line.lastIndexOf('.') + 1))
            .collect(Collectors.toSet());
    var owners = new TreeMap<String, Set<String>>();
    for (String line : imports) {
      if (line.startsWith("static ") || !line.endsWith(".*")) {
        continue;
      }
      String packageName = line.substring(0, line.length() - 2);
      for (String name : classes(packageName)) {
        if (isPublic(name)) {
          String simple = name.substring(packageName.length() + 1);
          owners.computeIfAbsent(simple, key -> new TreeSet<>()).add(name);
        }
      }
    }
    assertTrue(owners.keySet().containsAll(Set.of("List", "Path", "Table", "Layer", "Hopfield")));
    owners.keySet().removeAll(chosen);
    assertEquals(Set.of(), ambiguous(owners));
  }

  @Test
  void aFactoryMeansOneMethod() throws Exception {
    var owners = new TreeMap<String, Set<String>>();
    for (String line : imports) {
      if (line.startsWith("static ")) {
        String owner = line.substring("static ".length(), line.length() - 2);
        for (Method method : Class.forName(owner).getDeclaredMethods()) {
          if (Modifier.isStatic(method.getModifiers())
              && Modifier.isPublic(method.getModifiers())
              && !method.isSynthetic()) {
            String signature = method.getName() + Arrays.toString(method.getParameterTypes());
            owners.computeIfAbsent(signature, key -> new TreeSet<>()).add(owner);
          }
        }
      }
    }
    assertEquals(Set.of(), ambiguous(owners));
  }
}
