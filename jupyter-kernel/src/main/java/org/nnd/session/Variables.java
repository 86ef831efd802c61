package org.nnd.session;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/**
 * Keeps the values of variables. JShell stores a variable in a static field of its wrapper class
 * and, when something that the declaration refers to changes, makes a new class with an empty field
 * without running the declaration again. The value is carried over here. When the user declares a
 * variable again, the fields of the older classes follow the newest: closures made earlier see the
 * present value, and the old one (a model, perhaps) can be collected.
 */
final class Variables {

  /** The fields that have held a variable, the present one last. */
  private record Slot(Snippet declaration, List<Field> fields) {
    Field present() {
      return fields.getLast();
    }
  }

  private final UserLoader loader;
  private final Map<String, Slot> slots = new HashMap<>();

  /** Those that have lost their values since {@link #settle}. */
  private final TreeSet<String> losing = new TreeSet<>();

  /** Why those that have lost their values, and were not declared again, have. */
  private final Map<String, String> reasons = new ConcurrentHashMap<>();

  Variables(UserLoader loader) {
    this.loader = loader;
  }

  /** Carries values to the classes that variables have moved to; before code can see them. */
  void carry(JShell shell) {
    for (VarSnippet variable : defined(shell)) {
      Slot slot = slots.get(variable.name());
      Field field = field(shell, variable);
      if (slot == null) {
        slots.put(variable.name(), new Slot(variable, List.of(field)));
      } else if (!slot.present().equals(field)) {
        boolean moved = slot.declaration == variable;
        if (moved && !assign(field, get(slot.present()))) {
          losing.add(variable.name());
        }
        var fields = new ArrayList<>(slot.fields);
        fields.add(field);
        slots.put(variable.name(), new Slot(variable, fields));
      }
    }
  }

  /**
   * Lets older fields follow; after code has run. A variable that has lost its value is dropped: it
   * would silently be null.
   *
   * @param reason why values have been lost since the last call, as a clause
   * @param site where that happened
   * @return sentences about the variables that have lost their values
   */
  List<String> settle(JShell shell, String reason, String site) {
    carry(shell);
    var present = defined(shell).stream().map(VarSnippet::name).collect(Collectors.toSet());
    for (var slot : Map.copyOf(slots).entrySet()) {
      List<Field> fields = slot.getValue().fields;
      boolean gone = !present.contains(slot.getKey());
      if (gone) {
        fields.forEach(Variables::clear);
        slots.remove(slot.getKey());
        losing.add(slot.getKey());
      }
      for (Field old : fields.subList(0, gone ? 0 : fields.size() - 1)) {
        if (!assign(old, get(fields.getLast()))) {
          clear(old);
        }
      }
    }
    present.stream().filter(name -> !losing.contains(name)).forEach(reasons::remove);
    var told = new ArrayList<String>();
    for (String name : losing) {
      String loss = name + " has lost its value, because " + reason;
      reasons.put(name, loss + " at " + site + "; declare it again");
      told.add(loss + "; declare it again");
      undeclare(shell, name);
    }
    losing.clear();
    return told;
  }

  private void undeclare(JShell shell, String name) {
    slots.remove(name);
    shell
        .variables()
        .filter(variable -> variable.name().equals(name))
        .filter(variable -> shell.status(variable).isActive())
        .toList()
        .forEach(shell::drop);
  }

  /** {@return the sentence about the variable {@code name}, if it has lost its value} */
  Optional<String> lost(String name) {
    return Optional.ofNullable(reasons.get(name));
  }

  /** Forgets the variable that JShell made up to hold the value of an expression. */
  void drop(JShell shell, VarSnippet temporary) {
    clear(field(shell, temporary));
    slots.remove(temporary.name());
    shell.drop(temporary);
  }

  /** {@return the variables that have a value, by name} */
  Map<String, Object> values(JShell shell) {
    var values = new HashMap<String, Object>();
    for (VarSnippet variable : defined(shell)) {
      Object value = get(field(shell, variable));
      if (value != null) {
        values.put(variable.name(), value);
      }
    }
    return values;
  }

  /** JShell lists those, too, whose types have been taken away from them. */
  static List<VarSnippet> defined(JShell shell) {
    return shell.variables().filter(v -> shell.status(v).isDefined()).toList();
  }

  private Field field(JShell shell, VarSnippet variable) {
    String wrapper = shell.sourceCodeAnalysis().wrapper(variable).fullClassName();
    try {
      Field field = loader.findClass(wrapper).getDeclaredField(variable.name());
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("variable " + variable.name() + " without its field", e);
    }
  }

  private static Object get(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean assign(Field field, Object value) {
    try {
      if (value != null || !field.getType().isPrimitive()) {
        field.set(null, value);
        return true;
      }
      return false;
    } catch (IllegalArgumentException otherType) {
      return false;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void clear(Field field) {
    // The element of a new array is the type's zero: 0, false or null.
    assign(field, Array.get(Array.newInstance(field.getType(), 1), 0));
  }
}
