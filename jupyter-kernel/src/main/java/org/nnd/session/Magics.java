package org.nnd.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nnd.ir.NndException;

/**
 * The magics of a session by their names, {@code %name} or {@code %%name}. Those that evaluate
 * code, {@code %time} and {@code %explain}, belong to the session itself.
 */
public final class Magics {
  /** The magic's name, and where its arguments begin. */
  private static final Pattern HEAD = Pattern.compile("(%%?\\w+)[ \\t]*");

  private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
  private static final List<String> OF_SESSION = List.of("%time", "%%time", "%explain", "%load");

  private final Map<String, Magic> byName = new ConcurrentSkipListMap<>();

  Magics() {}

  /** Adds a magic, or replaces that of the same name, such as {@code %device}. */
  public void register(String name, Magic magic) {
    byName.put(name, magic);
  }

  /** {@return the names of all magics} */
  public List<String> names() {
    var names = new TreeSet<>(byName.keySet());
    names.addAll(OF_SESSION);
    return List.copyOf(names);
  }

  /** {@return the name that the magic {@code code} begins with} */
  static String name(String code) {
    return head(code).group(1);
  }

  /** {@return the offset in the magic {@code code} of what follows its name} */
  static int argumentsAt(String code) {
    return head(code).end();
  }

  private static Matcher head(String code) {
    Matcher head = HEAD.matcher(code);
    if (!head.lookingAt()) {
      throw new IllegalArgumentException(code);
    }
    return head;
  }

  /** Runs the magic {@code code}, lines below it included. */
  Object run(String code) throws Exception {
    int line = code.indexOf('\n');
    String arguments = code.substring(argumentsAt(code), line < 0 ? code.length() : line);
    String body = line < 0 ? "" : code.substring(line + 1);
    return run(name(code), new Magic.Call(words(arguments), body));
  }

  /** {@return what the magic {@code name}, such as {@code %device}, gives} */
  public Object run(String name, Magic.Call call) throws Exception {
    Magic magic = byName.get(name);
    if (magic == null) {
      throw new NndException(
          "there is no magic " + name + "; there are " + String.join(", ", names()));
    }
    return magic.run(call);
  }

  static List<String> words(String text) {
    var words = new ArrayList<String>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1).replaceAll("\\\\(.)", "$1"));
    }
    return words;
  }
}
