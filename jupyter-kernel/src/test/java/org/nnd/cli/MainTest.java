package org.nnd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and what stands on the two streams. */
class MainTest {
  @TempDir private Path folder;

  private record Result(int code, String out, String err) {}

  private Result nnd(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Result(code, text(out), text(err));
  }

  private String text(ByteArrayOutputStream bytes) {
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replace(folder + "/", "")
        .replace(System.lineSeparator(), "\n");
  }

  private String script(String... lines) throws IOException {
    return Files.writeString(folder.resolve("a.nnd"), String.join("\n", lines)).toString();
  }

  @Test
  void aScriptPrintsAndEnds() throws IOException {
    String file =
        script(
            "#!/usr/bin/env nnd",
            "println(\"größer\");",
            "println(new int[] {1, 2});",
            "print(null); println();",
            "6 * 7");
    assertEquals(new Result(0, "größer\n[1, 2]\nnull\n42\n", ""), nnd("run", file));
  }

  @Test
  void everythingAfterTheScriptIsItsArguments() throws IOException {
    String file = script("println(String.join(\"|\", args));");
    assertEquals(
        new Result(0, "--debug|-h|--device|3|--|@x|a b|\n", ""),
        nnd("run", file, "--debug", "-h", "--device", "3", "--", "@x", "a b", ""));
    assertEquals(new Result(0, "--epochs|5\n", ""), nnd(file, "--epochs", "5"));
    assertEquals(new Result(0, "\n", ""), nnd("run", file));
  }

  @Test
  void theDeviceIsToldToTheRuntime() throws IOException {
    String file = script("println(System.getProperty(\"nnd.device\"));");
    try {
      assertEquals(new Result(0, "0\n", ""), nnd("run", "--device", "0", file));
      Result none = nnd("run", "--device", "abacus", file);
      assertEquals(1, none.code());
      assertTrue(
          none.err()
              .startsWith(
                  "nnd: device \"abacus\" names none of the devices here; give an index, part of"
                      + " a name, cpu or gpu:\n  0: "),
          none::err);
    } finally {
      System.clearProperty("nnd.device");
    }
  }

  @Test
  void errorsInAScriptAreOneAndWithoutTrace() throws IOException {
    String file = script("println(1);", "int x = 1 / 0;", "println(2);");
    assertEquals(
        new Result(1, "1\n", "a.nnd:2: ArithmeticException: / by zero\n    int x = 1 / 0;\n"),
        nnd("run", file));
    Result debug = nnd("run", "--debug", file);
    assertTrue(debug.err().contains("\tat "), debug::err);
    assertEquals(debug, nnd("--debug", "run", file));
    file = script("int x = \"one\";");
    assertEquals(
        new Result(
            1,
            "",
            """
            a.nnd:1: incompatible types: String cannot be converted to int
                int x = "one";
                        ^
            """),
        nnd("run", file));
  }

  @Test
  void lostValuesAreNoticed() throws IOException {
    String file = script("class A {}", "A a = new A();", "class A { int x; }", "println(a);");
    assertEquals(
        new Result(
            1,
            "",
            """
            a.nnd:3: a has lost its value, because A was declared again; declare it again
            a.nnd:4: a has lost its value, because A was declared again at a.nnd:3; declare it again
                println(a);
                        ^
            """),
        nnd("run", file));
  }

  @Test
  void checkTellsAllErrorsAndRunsNothing() throws IOException {
    String file = script("println(1);", "int x = true;", "y();");
    assertEquals(
        new Result(
            1,
            "2 errors\n",
            """
            a.nnd:2: incompatible types: boolean cannot be converted to int
                int x = true;
                        ^
            a.nnd:3: cannot find symbol: method y()
                y();
                ^
            """),
        nnd("check", file));
    assertEquals(new Result(0, "0 errors\n", ""), nnd("check", script("println(1);")));
  }

  @Test
  void checkTakesTheCellsOfANotebook() throws IOException {
    Path file = folder.resolve("a.ipynb");
    String cells =
        """
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
          {"cell_type": "code", "source": ["int a = 1;\\n", "a"]},
          {"cell_type": "markdown", "source": "not code"},
          {"cell_type": "code", "source": "int b = a;\\nint late() { return %s; }"}]}
        """;
    Files.writeString(file, cells.formatted("2"));
    assertEquals(new Result(0, "0 errors\n", ""), nnd("check", file.toString()));
    Files.writeString(file, cells.formatted("true"));
    assertEquals(
        new Result(
            1,
            "1 error\n",
            """
            a.ipynb cell 2:2: incompatible types: boolean cannot be converted to int
                int late() { return true; }
                                    ^
            """),
        nnd("check", file.toString()));
  }

  @Test
  void aWrongCommandLineIsTwo() throws IOException {
    assertEquals(
        new Result(2, "", "nnd: unknown command 'rnu'; did you mean 'run'?\nSee 'nnd --help'.\n"),
        nnd("rnu", "x"));
    assertEquals(
        new Result(2, "", "nnd: unknown command 'paint'\nSee 'nnd --help'.\n"), nnd("paint"));
    assertEquals(
        new Result(
            2,
            "",
            "nnd: unknown option '--devcie'; did you mean '--device'?\nSee 'nnd run --help'.\n"),
        nnd("run", "--devcie", "3", "x.nnd"));
    assertEquals(
        new Result(2, "", "nnd: none.nnd: no such file\nSee 'nnd run --help'.\n"),
        nnd("run", folder.resolve("none.nnd").toString()));
    assertEquals(2, nnd("run").code());
    assertEquals(2, nnd("check").code());
    assertEquals(2, nnd("run", folder.toString()).code());
    assertEquals(2, nnd("help", "paint").code());
    Result suite = nnd("bench", "gem");
    assertEquals(2, suite.code());
    assertTrue(suite.err().startsWith("nnd: there is no suite 'gem'; there are\n"), suite::err);
  }

  @Test
  void withoutACommandTheHelpIsAnErrorAndWithHelpItIsNot() {
    Result asked = nnd("help");
    assertEquals(0, asked.code());
    assertTrue(asked.out().startsWith("Usage: nnd "), asked::out);
    assertEquals(new Result(2, "", asked.out()), nnd());
    for (String command :
        new String[] {"run", "check", "test", "devices", "bench", "cache", "version", "help"}) {
      assertTrue(asked.out().contains("\n  " + command + " "), command);
      Result help = nnd(command, "--help");
      assertEquals(0, help.code(), command);
      assertTrue(help.out().startsWith("Usage: nnd " + command), help::out);
      assertEquals(help, nnd("help", command), command);
    }
  }

  @Test
  void theCacheIsShownAndCleared() throws IOException {
    System.setProperty("nnd.cache.dir", folder.toString());
    try {
      Path kernels = Files.createDirectories(folder.resolve("kernels"));
      Files.write(kernels.resolve("abc"), new byte[1536]);
      assertEquals(
          new Result(0, "kernels: 1 compiled program, 1.5 KiB of at most 512 MiB\n", ""),
          nnd("cache"));
      assertEquals(new Result(0, "deleted 1 compiled program\n", ""), nnd("cache", "--clear"));
      assertEquals(
          new Result(0, "kernels: 0 compiled programs, 0 B of at most 512 MiB\n", ""),
          nnd("cache"));
    } finally {
      System.clearProperty("nnd.cache.dir");
    }
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    Path file = Files.write(folder.resolve("latin.nnd"), new byte[] {'/', '/', (byte) 0xe4, '\n'});
    assertEquals(
        "nnd: latin.nnd: not a text in UTF-8; a script is saved in UTF-8\nSee 'nnd run --help'.\n",
        nnd("run", file.toString()).err());
  }

  @Test
  void versionNamesNndAndJava() {
    Result result = nnd("version");
    assertEquals(0, result.code());
    assertTrue(
        result
            .out()
            .matches("NND \\d+\\.\\d+\\.\\d+\\S*\nJava " + Runtime.version().feature() + ".*\n"),
        result::out);
    assertEquals(result, nnd("--version"));
  }
}
