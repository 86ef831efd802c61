package org.nnd.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.nnd.ir.NndException;

/**
 * The official implementations that NND has a form of. A key is the end of a module's text, such as
 * {@code replknet.py:RepLKBlock} or, where several repositories have a file of that name, {@code
 * models/convnext.py:Block}; of several that fit, the longest counts.
 */
public final class Modules {
  private static final Map<String, Function<Vector, Subject>> SUBJECTS =
      join(
          List.of(
              ConvNetModules.subjects(),
              KernelModules.subjects(),
              LinearModules.subjects(),
              MemoryModules.subjects(),
              NestedModules.subjects(),
              SnnkModules.subjects(),
              StructuredModules.subjects()));

  private Modules() {}

  private static Map<String, Function<Vector, Subject>> join(
      List<Map<String, Function<Vector, Subject>>> tables) {
    Map<String, Function<Vector, Subject>> all = new LinkedHashMap<>();
    for (Map<String, Function<Vector, Subject>> table : tables) {
      table.forEach(
          (key, subject) -> {
            if (all.put(key, subject) != null) {
              throw new IllegalStateException("two tables have the module " + key);
            }
          });
    }
    return all;
  }

  /** {@return whether there is a form of the case's module} */
  public static boolean knows(Vector vector) {
    return key(vector.module()).isPresent();
  }

  /**
   * {@return NND's form of a case}
   *
   * @throws NndException if the module, or one of the hyper-parameters, is not known, or a value is
   *     not possible
   */
  static Subject subject(Vector vector) {
    String key =
        key(vector.module())
            .orElseThrow(
                () -> new NndException("the module '%s' is not known".formatted(vector.module())));
    Subject subject = form(vector, SUBJECTS.get(key).apply(vector));
    Set<String> unread = new TreeSet<>(vector.hyper().unread());
    if (!unread.isEmpty()) {
      String name = unread.iterator().next();
      throw new NndException(
          "the hyper-parameter '%s' = %s is not known for %s"
              .formatted(name, vector.hyper().print(name), key));
    }
    return subject;
  }

  /** A layer trained where the case is a training run. */
  private static Subject form(Vector vector, Subject subject) {
    if (!vector.mode().equals("train trajectory")) {
      return subject;
    }
    if (!(subject instanceof Subject.OfLayer network)) {
      throw new NndException("only a layer can be trained, not a function");
    }
    return new Subject.OfTraining(Trajectory.of(vector, network.layer()));
  }

  static Optional<String> key(String module) {
    return SUBJECTS.keySet().stream()
        .filter(key -> fits(module, key))
        .max(
            (a, b) ->
                a.length() != b.length()
                    ? Integer.compare(a.length(), b.length())
                    : Integer.compare(module.indexOf(b), module.indexOf(a)));
  }

  /** Whether the key stands in the text, as whole words. */
  private static boolean fits(String module, String key) {
    for (int i = module.indexOf(key); i >= 0; i = module.indexOf(key, i + 1)) {
      int end = i + key.length();
      boolean starts = i == 0 || " /".indexOf(module.charAt(i - 1)) >= 0;
      if (starts && (end == module.length() || !isWord(module.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
