package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check finds all errors of the text and runs nothing. */
class CheckTest {
  @TempDir private Path folder;

  private static List<String> check(String... lines) {
    return Check.of(new Source("net.nnd", String.join("\n", lines))).stream()
        .map(p -> p.line() + ": " + p.message())
        .toList();
  }

  @Test
  void aRightScriptHasNoErrorsAndIsNotRun() {
    assertEquals(
        List.of(),
        check(
            "#!/usr/bin/env nnd",
            "System.setProperty(\"nnd.test.ran\", args[0]);",
            "var xs = Stream.of(1, 2).map(x -> x * 0.5).toList();",
            "double first() { return xs.get(0) / later(); }",
            "double later() { return 2; }",
            "class Lamp extends Furniture {}",
            "class Furniture {}",
            "var lamp = new Furniture();",
            "throw new IllegalStateException(lamp.toString());"));
    assertEquals(null, System.getProperty("nnd.test.ran"));
  }

  @Test
  void allErrorsAreToldInTheOrderOfTheText() {
    assertEquals(
        List.of(
            "1: cannot find symbol: method zork(int)",
            "3: incompatible types: String cannot be converted to int",
            "4: cannot find symbol: method never(int)",
            "6: illegal start of type",
            "9: incompatible types: int cannot be converted to String",
            "10: package no.such does not exist",
            "11: cannot find symbol: class Furniture"),
        check(
            "var a = zork(3);",
            "println();",
            "int n = \"three\";",
            "int f(int x) { return never(x); }",
            "println();",
            "int h( { return 1; }",
            "record R(int a) {}",
            "var r = new R(3);",
            "String t = r.a();",
            "import no.such.Thing;",
            "class Lamp extends Furniture {}"));
  }

  @Test
  void whatFollowsFromAnErrorIsNotTold() {
    assertEquals(
        List.of("1: cannot find symbol: method zork(int)", "4: cannot find symbol: variable c"),
        check(
            "var a = zork(3);", "var b = a.foo();", "int g() { return b; }", "println(a, c, b);"));
  }

  @Test
  void typesOfVariablesAreInferred() {
    assertEquals(
        List.of("2: incompatible types: possible lossy conversion from double to int"),
        check("var xs = new HashMap<String, double[]>();", "int n = xs.get(\"a\")[0];"));
  }

  @Test
  void loadedScriptsAreChecked() throws IOException {
    Files.writeString(folder.resolve("b.nnd"), "int two() { return 2; }\nint x = true;");
    Path main = folder.resolve("a.nnd");
    Files.writeString(main, "load(\"b.nnd\");\nString s = two();\nload(\"c.nnd\");");
    assertEquals(
        "a.nnd:2 a.nnd:3 b.nnd:2",
        Check.of(Source.read(main)).stream()
            .map(p -> Path.of(p.file()).getFileName() + ":" + p.line())
            .collect(Collectors.joining(" ")));
  }

  @Test
  void anUnfinishedTextIsToldWithTheOtherErrors() {
    List<String> errors = check("int x = true;", "println(", "  x");
    assertEquals(2, errors.size(), errors::toString);
    assertTrue(errors.get(1).startsWith("2: the text ends within"), errors::toString);
  }
}
