package org.nnd.session;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the magics do, for those who ask about their names. */
final class MagicHelp {
  private static final Pattern NAME = Pattern.compile("(?m)^[ \\t]*(%%?\\w+)");

  private static final Assistant.Description MAVEN =
      new Assistant.Description(
          "%maven [--from=REPOSITORY] GROUP:ARTIFACT:VERSION ...",
          "Adds libraries and what they depend on to the session, and fetches those that are not"
              + " there yet. Maven Central is asked, and the repositories named; also called"
              + " %addMavenDependencies.");

  private static final Assistant.Description REPOSITORY =
      new Assistant.Description(
          "%mavenRepo NAME ADDRESS", "Lets %maven look for libraries in one more repository.");

  private static final Assistant.Description CLASS_PATH =
      new Assistant.Description(
          "%classpath FILE ...",
          "Adds jars and folders of classes to the session. The last part of a path may have"
              + " wildcards: lib/*.jar. Also called %jars.");

  private static final Map<String, Assistant.Description> ALL =
      Map.ofEntries(
          Map.entry(
              "%time",
              new Assistant.Description(
                  "%time CODE", "Evaluates the rest of the line and prints how long that took.")),
          Map.entry(
              "%%time",
              new Assistant.Description(
                  "%%time",
                  "Evaluates the rest of the cell and prints how long that took. In a script the"
                      + " cell ends at the next mark '// %%'; where the script has no marks, at the"
                      + " first blank line that does not stand within a statement or"
                      + " declaration.")),
          Map.entry(
              "%explain",
              new Assistant.Description(
                  "%explain MODEL",
                  "Shows what a model or a training is compiled to, level by level: layers, the graph"
                      + " of tensors, the kernels, their OpenCL. MODEL is any expression, such as the"
                      + " name of a variable.")),
          Map.entry(
              "%device",
              new Assistant.Description(
                  "%device [SELECTOR]",
                  "Lists the OpenCL devices, with a star before the one in use; with a number, cpu,"
                      + " gpu or part of a name chooses the device for models and tensors made from"
                      + " now on.")),
          Map.entry(
              "%load",
              new Assistant.Description(
                  "%load FILE.nnd",
                  "Evaluates a script here; what it declares is known from then on. The path is"
                      + " relative to this source.")),
          Map.entry(
              "%trace",
              new Assistant.Description(
                  "%trace", "Shows the whole stack trace of the last error, NND's part included.")),
          Map.entry("%maven", MAVEN),
          Map.entry("%addMavenDependency", MAVEN),
          Map.entry("%addMavenDependencies", MAVEN),
          Map.entry("%mavenRepo", REPOSITORY),
          Map.entry("%addMavenRepo", REPOSITORY),
          Map.entry("%classpath", CLASS_PATH),
          Map.entry("%jars", CLASS_PATH),
          Map.entry(
              "%loadFromPOM",
              new Assistant.Description(
                  "%loadFromPOM FILE", "Adds the dependencies of a Maven project to the session.")),
          Map.entry(
              "%%loadFromPOM",
              new Assistant.Description(
                  "%%loadFromPOM",
                  "Adds the dependencies that the rest of the cell has, as XML of a Maven project,"
                      + " to the session.")));

  private MagicHelp() {}

  /** {@return what is said about a magic, such as {@code %time}} */
  static Optional<Assistant.Description> of(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** {@return the help on the magic whose name has the cursor in it or at its end} */
  static Optional<Assistant.Description> at(String code, int cursor) {
    Matcher name = NAME.matcher(code);
    while (name.find()) {
      if (name.start(1) <= cursor && cursor <= name.end(1)) {
        return of(name.group(1))
            .or(
                () ->
                    Optional.of(
                        new Assistant.Description(
                            name.group(1), "A magic without a description.")));
      }
    }
    return Optional.empty();
  }
}
