package org.nnd.tests.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in a script is told with its place, and the exit code is 1. */
class ScriptErrorsTest {
  @TempDir private Path folder;

  private Nnd.Result run(String text) throws IOException {
    Nnd nnd = new Nnd(folder);
    return nnd.run("run", nnd.script("net.nnd", text));
  }

  @Test
  void aMisspeltLayer() throws IOException {
    assertEquals(
        new Nnd.Result(
            1,
            "",
            """
            net.nnd:2: cannot find symbol: method dens(int)
                var net = sequential(flatten(), dens(10));
                                                ^
            """),
        run("// A network.\nvar net = sequential(flatten(), dens(10));\n"));
  }

  @Test
  void layersThatDoNotFitAreNamedWithTheirLine() throws IOException {
    Nnd.Result result =
        run(
            """
            var net = sequential(
                conv(8).kernel(3),
                named("wide", conv(8).kernel(40).padding(0)));
            println("described");
            model(net, InputSpec.of(1, 28, 28));
            println("made");
            """);
    assertEquals(1, result.code());
    assertEquals("described\n", result.out());
    assertTrue(result.err().startsWith("net.nnd:5: wide: "), result::err);
    assertTrue(result.err().contains("; declared at net.nnd:3\n"), result::err);
    assertTrue(result.err().contains("    model(net, InputSpec.of(1, 28, 28));\n"), result::err);
  }

  @Test
  void optionsOutOfRange() throws IOException {
    Nnd.Result result = run("var net = conv(-3);\n");
    assertEquals(1, result.code());
    assertTrue(result.err().startsWith("net.nnd:1: conv: "), result::err);
    assertTrue(result.err().contains("-3"), result::err);
  }

  @Test
  void dataThatDoNotFitTheNetwork() throws IOException {
    Nnd.Result result =
        run(
            """
            var data = Glyphs.digits().train(20).test(10);
            var m = model(sequential(flatten(), dense(10)), InputSpec.of(1, 14, 14));
            train(m, data.train()).run();
            """);
    assertEquals(1, result.code());
    assertTrue(result.err().startsWith("net.nnd:3: "), result::err);
    assertTrue(result.err().contains("28"), result::err);
  }

  @Test
  void anExceptionInAMethodNamesItsLineAndTheCaller() throws IOException {
    assertEquals(
        new Nnd.Result(
            1,
            "",
            """
            net.nnd:2: ArithmeticException: / by zero
                  return 1 / x;
              called from net.nnd:4
            """),
        run("int inverse(int x) {\n  return 1 / x;\n}\nprintln(inverse(0));\n"));
  }

  /** Even where a driver has been loaded, which may claim the signal of a division by zero. */
  @Test
  void divisionsByZeroAreNoticedBesideTheDriver() throws IOException {
    Nnd.Result result =
        run("println(tensor(2).add(1).value().get(0));\nprintln(1 / args.length);\n");
    assertEquals("3.0\n", result.out());
    assertTrue(result.err().startsWith("net.nnd:2: ArithmeticException: / by zero\n"), result::err);
    assertEquals(1, result.code());
  }
}
