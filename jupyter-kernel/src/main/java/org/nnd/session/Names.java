package org.nnd.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nnd.dsl.Variable;
import org.nnd.model.Model;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.jocl.Devices;
import org.nnd.train.Training;

/**
 * Completes what Java's grammar knows nothing of: magics and what follows them, names of files, and
 * names of parameters in strings, such as {@code m.parameter("stages.0.}.
 *
 * @param magics the names of the magics
 * @param values the variables of the session
 */
record Names(Supplier<List<String>> magics, Supplier<Map<String, Object>> values) {
  private static final Pattern MAGIC = Pattern.compile("(?:^|\\n)[ \\t]*(%%?\\w*)$");

  private static final Pattern DEVICE = Pattern.compile("(?:^|\\n)[ \\t]*%device[ \\t]+([^\\n]*)$");

  private static final Pattern EXPLAINED =
      Pattern.compile("(?:^|\\n)[ \\t]*%explain[ \\t]+(\\w*)$");

  private static final Pattern FILE_MAGIC =
      Pattern.compile(
          "(?:^|\\n)[ \\t]*%(?:load|jars|classpath|loadFromPOM)[ \\t]+(?:[^\\n]*[ \\t])?([^ \\t\\n]*)$");

  /** A string that is not closed, the first argument of what reads or writes files. */
  private static final Pattern FILE =
      Pattern.compile(
          "(?:\\bPath\\s*\\.\\s*of|\\bPaths\\s*\\.\\s*get|\\bFile|\\b(?:load|save|import|export|read)\\w*)"
              + "\\s*\\(\\s*\"([^\"\\n]*)$");

  /** A string that is not closed, with the variable whose method it is given to. */
  private static final Pattern STRING =
      Pattern.compile("(?:(\\w+)\\s*\\.\\s*\\w+\\s*\\((?:[^()\"]|\"[^\"]*\")*)?\"([^\"\\n]*)$");

  /** {@return what may stand at the cursor, where that is not for Java's grammar to say} */
  Optional<Assistant.Completions> at(String code, int cursor) {
    String before = code.substring(0, cursor);
    Matcher magic = MAGIC.matcher(before);
    if (magic.find()) {
      return Optional.of(matching(magics.get(), magic.group(1), magic.start(1)));
    }
    Matcher device = DEVICE.matcher(before);
    if (device.find()) {
      return Optional.of(matching(devices(), device.group(1), device.start(1)));
    }
    Matcher explained = EXPLAINED.matcher(before);
    if (explained.find()) {
      return Optional.of(matching(explainable(), explained.group(1), explained.start(1)));
    }
    Matcher file = FILE_MAGIC.matcher(before);
    if (file.find()) {
      return Optional.of(files(file));
    }
    return switch (CodePlace.atEndOf(before)) {
      case CODE -> Optional.empty();
      case COMMENT -> Optional.of(new Assistant.Completions(cursor, List.of()));
      case STRING -> Optional.of(inString(before));
    };
  }

  private Assistant.Completions inString(String before) {
    Matcher file = FILE.matcher(before);
    if (file.find()) {
      return files(file);
    }
    Matcher string = STRING.matcher(before);
    if (!string.find()) {
      return new Assistant.Completions(before.length(), List.of());
    }
    List<Model> models = models(Optional.ofNullable(string.group(1)));
    var names = new TreeSet<String>();
    models.forEach(m -> m.declared().stream().map(Variable::path).forEach(names::add));
    return matching(List.copyOf(names), string.group(2), string.start(2));
  }

  private static Assistant.Completions files(Matcher prefix) {
    return new Assistant.Completions(prefix.start(1), FileNames.startingWith(prefix.group(1)));
  }

  /** What {@code %device} takes: kinds, numbers and names. */
  private static List<String> devices() {
    List<DeviceInfo> all = Devices.list();
    return Stream.of(
            all.stream().map(device -> device.type().name().toLowerCase(Locale.ROOT)),
            all.stream().map(device -> Integer.toString(device.index())),
            all.stream().map(DeviceInfo::name))
        .flatMap(names -> names)
        .distinct()
        .toList();
  }

  /** The variables that {@code %explain} has something to say about. */
  private List<String> explainable() {
    return values.get().entrySet().stream()
        .filter(e -> e.getValue() instanceof Model || e.getValue() instanceof Training)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
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
