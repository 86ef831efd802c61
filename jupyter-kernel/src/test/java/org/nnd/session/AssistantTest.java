package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.jocl.Devices;

/** Answers about code that is being written. */
class AssistantTest {
  private static Session session;
  private static Assistant assistant;

  @BeforeAll
  static void open() {
    session = Session.open();
    session.eval(
        new Source("cell", "var words = List.of(\"a\"); int wordCount(int from) { return 1; }"));
    session.eval(
        new Source(
            "cell",
            "Model net = model(sequential(dense(3)), new InputSpec(\"x\", DType.F32, 4));"
                + "DataSet points = DataSet.of(new float[][] {{1, 2, 3, 4}}, new int[] {0});"
                + "double rate = 0.1;"));
    assistant = session.assistant();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void variablesAndTheirMembersComplete() {
    String code = "int n = 1;\nwor";
    Assistant.Completions names = assistant.complete(code, code.length());
    assertEquals(code.length() - 3, names.begin());
    assertEquals(List.of("wordCount(", "words"), names.texts().stream().sorted().toList());
    code = "println(words.ge); int m = 2;";
    Assistant.Completions members = assistant.complete(code, code.indexOf(")"));
    assertTrue(members.texts().contains("get("), members::toString);
    assertEquals(code.indexOf("ge"), members.begin());
  }

  private static List<String> complete(String code) {
    Assistant.Completions found = assistant.complete(code, code.length());
    String kept = code.substring(0, found.begin());
    return found.texts().stream().map(text -> kept + text).toList();
  }

  @Test
  void whatFitsAnEmptyPlaceComesFirst() {
    List<String> second = complete("train(net, ");
    assertEquals("train(net, points", second.get(0), () -> second.subList(0, 9).toString());
    assertEquals(
        Set.of("train(net, net", "train(net, words", "train(net, rate"),
        Set.copyOf(second.subList(1, 4)));
    int types = second.indexOf("train(net, AbstractCollection");
    assertTrue(second.indexOf("train(net, wordCount(") < types);
    assertTrue(second.indexOf("train(net, conv(") < types);
    assertEquals("train(net", complete("train(").get(0));
    List<String> bare = complete("");
    assertEquals(Set.of("net", "points", "rate", "words"), Set.copyOf(bare.subList(0, 4)));
    assertEquals("adamW(rate", complete("adamW(").get(0));
  }

  @Test
  void filesComplete(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("weights"));
    Files.createFile(folder.resolve("weights.nnd"));
    Files.createFile(folder.resolve(".hidden"));
    Files.createFile(folder.resolve("other"));
    for (String before :
        List.of(
            "Path.of(\"",
            "net.load(Path.of(\"",
            "importOnnx(Path.of(\"",
            "importOnnx(\"",
            "net.save( \"",
            "var t = Table.read().csv(Path.of(\"x\").resolve(\"y\").toFile()); load(\"",
            "%load ",
            "%jars a.jar ")) {
      assertEquals(
          List.of(before + folder + "/weights.nnd", before + folder + "/weights/").stream()
              .sorted()
              .toList(),
          complete(before + folder + "/we").stream().sorted().toList());
      assertEquals(3, complete(before + folder + "/").size());
      assertEquals(List.of(before + folder + "/.hidden"), complete(before + folder + "/.h"));
      assertEquals(List.of(), complete(before + folder + "/nowhere/"));
    }
    assertEquals(
        List.of("net.parameter(\"0.bias", "net.parameter(\"0.weight"),
        complete("net.parameter(\""));
  }

  @Test
  void magicsArgumentsComplete() {
    assertEquals(List.of("%explain net"), complete("%explain "));
    assertEquals(List.of("int a = 1;\n%explain net"), complete("int a = 1;\n%explain n"));
    assertTrue(complete("%explain net.param").contains("%explain net.parameterCount()"));
    assertTrue(complete("%time wordC").contains("%time wordCount("));
    assertTrue(complete("%%time\nint b = 1;\nwordC").contains("%%time\nint b = 1;\nwordCount("));
    assertTrue(complete("%jars lib/*.jar\nwordC").contains("%jars lib/*.jar\nwordCount("));
    assertTrue(complete("%trace\nwordC").contains("%trace\nwordCount("));
    List<String> devices = complete("%device ");
    DeviceInfo first = Devices.list().get(0);
    assertTrue(devices.contains("%device " + first.name()), devices.toString());
    assertTrue(devices.contains("%device " + first.type().name().toLowerCase(Locale.ROOT)));
    assertEquals(List.of("%time"), complete("%ti"));
  }

  @Test
  void nothingCompletesInComments() {
    for (String code :
        List.of("// wor", "int a; /* wor", "/** {@code wor", "#! wor", "f(1); // \"wor")) {
      assertEquals(List.of(), complete(code), code);
    }
    for (String code :
        List.of(
            "// x\nwor",
            "/* x */ wor",
            "var s = \"// \"; wor",
            "char c = '\"'; wor",
            "var s = \"\\\\\"; wor",
            "var s = \"\"\"\n a // \" b\"\"\"; wor")) {
      assertTrue(complete(code).contains(code + "ds"), code);
    }
    assertEquals(List.of(), complete("println(\"wor"));
  }

  @Test
  void magicsAreDescribed() {
    for (String name : session.magics().names()) {
      String text = assistant.describe("int a;\n" + name + " x", 8).get(0).text();
      assertTrue(text.startsWith(name.startsWith("%%") ? "%%" : "%"), text);
      assertFalse(text.contains("without a description"), text);
    }
    assertTrue(assistant.describe("%time", 5).get(0).text().contains("how long"));
    assertTrue(assistant.describe("%device gpu", 3).get(0).text().contains("OpenCL devices"));
  }

  @Test
  void methodsAreDescribed() {
    String code = "int n = 1;\nwordCount(";
    assertEquals(
        List.of("int wordCount(int from)"),
        assistant.describe(code, code.length()).stream()
            .map(Assistant.Description::signature)
            .toList());
  }

  @Test
  void completenessIsThatOfTheLastSnippet() {
    assertEquals(Assistant.Completeness.COMPLETE, assistant.completeness("int a = 1;\na"));
    assertEquals(Assistant.Completeness.COMPLETE, assistant.completeness(""));
    assertEquals(Assistant.Completeness.INCOMPLETE, assistant.completeness("int a = 1;\nfor ("));
    assertEquals(Assistant.Completeness.INVALID, assistant.completeness("int a = 1;\na ) b"));
  }

  @Test
  void completenessKnowsWhatTheGrammarOfASnippetDoesNot() {
    for (String open : List.of("/* open", "int a = 1; /* open", "@Override", "@Target({})\n")) {
      assertEquals(Assistant.Completeness.INCOMPLETE, assistant.completeness(open), open);
    }
    for (String whole :
        List.of(
            "words?",
            "?words",
            "words?\n\n1",
            "%time?",
            "/* a */",
            "1 /* a */",
            "// see /* open",
            "#!/usr/bin/env nnd",
            "#!/usr/bin/env nnd\nint a = 1;")) {
      assertEquals(Assistant.Completeness.COMPLETE, assistant.completeness(whole), whole);
    }
  }
}
