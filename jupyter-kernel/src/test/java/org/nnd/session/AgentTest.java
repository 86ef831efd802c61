package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redefinition in place, in a JVM of its own that is started with the agent. */
class AgentTest {
  @TempDir private Path folder;

  private static final String SCRIPT =
      """
      class Lamp { String say() { return "old"; } }
      Lamp lamp = new Lamp();
      List<?> lamps = List.of(lamp);
      class Lamp { String say() { return "new"; } }
      println(lamps.size());
      println(lamp.say());
      """;

  @Test
  void objectsSurviveAChangedMethodBodyWithTheAgent() throws Exception {
    assertEquals("1\nnew\n", run(0, List.of("-javaagent:" + agent())));
  }

  @Test
  void withoutItTheLossIsTold() throws Exception {
    assertEquals(
        """
        a.nnd:4: lamp has lost its value, because Lamp was declared again; declare it again
        a.nnd:6: lamp has lost its value, because Lamp was declared again at a.nnd:4; declare it again
        1
            println(lamp.say());
                    ^
        """,
        linesOfErrorsFirst(run(1, List.of())));
  }

  /** The two streams come in no certain order. */
  private static String linesOfErrorsFirst(String printed) {
    return printed
        .lines()
        .sorted(Comparator.comparing(line -> !line.startsWith("a.nnd")))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private Path agent() throws IOException {
    var manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", Agent.class.getName());
    main.putValue("Can-Redefine-Classes", "true");
    Path jar = folder.resolve("agent.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  /** {@return what the script prints, errors included} */
  private String run(int code, List<String> options) throws Exception {
    Path script = Files.writeString(folder.resolve("a.nnd"), SCRIPT);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.nnd.cli.Main", "run", script.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(code, process.waitFor(), printed);
    return printed.replace(folder + "/", "");
  }
}
