package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that load scripts, relative to themselves. */
class LoadTest {
  @TempDir private Path folder;
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open();
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Path script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Outcome run(Path file) {
    return session.eval(Source.read(file));
  }

  /** The outcome's text, with the temporary folder's name taken out. */
  private String text(Outcome outcome) {
    return outcome.toString().replace(folder + "/", "");
  }

  @Test
  void whatALoadedScriptDeclaresIsSeen() throws IOException {
    script("lib/deep/c.nnd", "int three() { return 3; }");
    script("lib/b.nnd", "#!/usr/bin/env nnd\nload(\"deep/c.nnd\");\nint two() { return 2; }");
    Path main = script("main.nnd", "// first\nload(\"lib/b.nnd\"); // second\ntwo() + three()");
    var value = assertInstanceOf(Outcome.Value.class, run(main));
    assertEquals(Optional.of(5), value.value());
  }

  @Test
  void errorsNameTheLoadedFile() throws IOException {
    script("lib/b.nnd", "int two() {\n  return \"2\";\n}");
    Path main = script("main.nnd", "var a = 1;\nload(\"lib/b.nnd\");");
    assertEquals(
        """
        lib/b.nnd:2: incompatible types: String cannot be converted to int
              return "2";
                     ^
          called from main.nnd:2""",
        text(run(main)));
    script("lib/b.nnd", "int half(int x) {\n  return 1 / x;\n}");
    main = script("main.nnd", "load(\"lib/b.nnd\");\n\nhalf(0);");
    assertEquals(
        """
        lib/b.nnd:2: ArithmeticException: / by zero
              return 1 / x;
          called from main.nnd:3""",
        text(run(main)));
  }

  @Test
  void scriptsThatLoadEachOtherAreRefused() throws IOException {
    script("b.nnd", "\nload(\"./c.nnd\");");
    script("c.nnd", "load(\"a.nnd\");");
    Path main = script("a.nnd", "load(\"b.nnd\");");
    assertEquals(
        """
        c.nnd:1: these scripts load each other: a.nnd -> b.nnd -> c.nnd -> a.nnd
            load("a.nnd");
          called from b.nnd:2
          called from a.nnd:1""",
        text(run(main)));
    assertEquals(1, Check.of(Source.read(main)).size());
  }

  @Test
  void aScriptMayBeLoadedTwice() throws IOException {
    script("b.nnd", "count.add(1);");
    Path main =
        script(
            "a.nnd",
            "var count = new ArrayList<Integer>();\nload(\"b.nnd\");\nload(\"b.nnd\");\ncount.size()");
    assertEquals(Optional.of(2), ((Outcome.Value) run(main)).value());
  }

  @Test
  void aMissingScriptIsToldWhereItIsLoaded() throws IOException {
    Path main = script("a.nnd", "var x = 1;\nload(\"none.nnd\");");
    assertEquals("a.nnd:2: none.nnd: no such file\n    load(\"none.nnd\");", text(run(main)));
  }
}
