package org.nnd.tests.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The devices of this machine, and choosing one. */
class DevicesTest {
  @TempDir private Path folder;

  @Test
  void devicesAreListedAndChosenByNumber() throws Exception {
    Nnd nnd = new Nnd(folder);
    Nnd.Result list = nnd.run("devices");
    assertEquals(0, list.code(), list::err);
    assertTrue(list.out().startsWith("0: "), list::out);
    String file =
        nnd.script("a.nnd", "println(model(dense(1), InputSpec.of(1)).device().info().index());\n");
    try {
      assertEquals(new Nnd.Result(0, "0\n", ""), nnd.run("run", "--device", "0", file));
    } finally {
      System.clearProperty("nnd.device");
    }
  }

  @Test
  void aWrongNameGivesTheList() throws Exception {
    Nnd nnd = new Nnd(folder);
    String file = nnd.script("a.nnd", "println(1);\n");
    for (String[] command :
        new String[][] {
          {"run", "--device", "abacus", file},
          {"explain", "--device", "abacus", file},
          {"bench", "--device", "abacus", "peak"}
        }) {
      Nnd.Result result = nnd.run(command);
      assertEquals(1, result.code());
      assertEquals("", result.out());
      assertTrue(
          result.err().startsWith("nnd: device \"abacus\" names none of the devices here; "),
          result::err);
      assertTrue(result.err().contains("\n  0: "), result::err);
    }
  }
}
