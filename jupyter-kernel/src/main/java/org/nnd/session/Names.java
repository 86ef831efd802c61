package org.nnd.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nnd.dsl.Variable;
import org.nnd.model.Model;

/**
 * Completes what Java's grammar knows nothing of: magics, and names of parameters in strings, such
 * as {@code m.parameter("stages.0.}.
 *
 * @param magics the names of the magics
 * @param values the variables of the session
 */
record Names(Supplier<List<String>> magics, Supplier<Map<String, Object>> values) {
  private static final Pattern MAGIC = Pattern.compile("(?:^|\\n)[ \\t]*(%%?\\w*)$");

  /** A string that is not closed, with the variable whose method it is given to. */
  private static final Pattern STRING =
      Pattern.compile("(?:(\\w+)\\s*\\.\\s*\\w+\\s*\\((?:[^()\"]|\"[^\"]*\")*)?\"([^\"\\n]*)$");

  /** {@return what may stand at the cursor, where it stands in a magic's name or in a string} */
  Optional<Assistant.Completions> at(String code, int cursor) {
    String before = code.substring(0, cursor);
    Matcher magic = MAGIC.matcher(before);
    if (magic.find()) {
      return Optional.of(matching(magics.get(), magic.group(1), magic.start(1)));
    }
    String line = before.substring(before.lastIndexOf('\n') + 1);
    boolean inString = line.replace("\\\"", "").chars().filter(c -> c == '"').count() % 2 == 1;
    Matcher string = STRING.matcher(before);
    if (!inString || !string.find()) {
      return Optional.empty();
    }
    List<Model> models = models(Optional.ofNullable(string.group(1)));
    var names = new TreeSet<String>();
    models.forEach(m -> m.declared().stream().map(Variable::path).forEach(names::add));
    return Optional.of(matching(List.copyOf(names), string.group(2), string.start(2)));
  }

  private List<Model> models(Optional<String> variable) {
    Map<String, Object> all = values.get();
    Optional<Object> named = variable.map(all::get);
    List<Object> looked = named.isPresent() ? List.of(named.get()) : new ArrayList<>(all.values());
    return looked.stream().filter(Model.class::isInstance).map(Model.class::cast).toList();
  }

  private static Assistant.Completions matching(List<String> names, String prefix, int begin) {
    return new Assistant.Completions(
        begin, names.stream().filter(name -> name.startsWith(prefix)).toList());
  }
}
