package org.nnd.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.draw.Picture;

/** What scripts show on a terminal, and the files it leaves. */
class DisplayTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private PrintStream before;

  @BeforeEach
  void catchOutput() {
    before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(before);
    CurrentScreen.use(new TerminalScreen(Optional.empty()));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aTerminalShowsThePlainForm() {
    Display.display(Picture.of("a dot").with(Picture.SVG, "<svg/>"));
    Display.display(new int[] {1, 2});
    Display.display(null);
    assertEquals("a dot\n[1, 2]\nnull\n", printed.toString(UTF_8));
  }

  @Test
  void formsAreSavedUnderTheNumberOfTheirPicture() throws IOException {
    CurrentScreen.use(new TerminalScreen(Optional.of(folder)));
    String png = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3});
    Display.display("only text");
    String first = Display.display(Picture.of("a").with(Picture.SVG, "<svg/>"));
    Display.display(Picture.of("b").with(Picture.PNG, png).with(Picture.HTML, "<b>b</b>"));
    Display.updateDisplay(first, Picture.of("c").with(Picture.SVG, "<svg>é</svg>"));
    assertEquals(List.of("01-picture.svg", "02-picture.html", "02-picture.png"), files());
    assertEquals("<svg>é</svg>", Files.readString(folder.resolve("01-picture.svg")));
    assertEquals(3, Files.size(folder.resolve("02-picture.png")));
  }

  @Test
  void onlyTheFormsAskedForAreShown() {
    Picture all = Picture.of("p").with(Picture.SVG, "<svg/>").with(Picture.HTML, "<i/>");
    assertEquals(Map.of(Picture.SVG, "<svg/>"), Display.render(all, Picture.SVG).forms());
    assertEquals(Map.of(Picture.HTML, "<b/>"), Display.render("<b/>", Picture.HTML).forms());
    assertEquals(Map.of(), Display.render(7, Picture.HTML).forms());
  }

  @Test
  void displaysHaveNamesOfTheirOwn() {
    assertFalse(Display.display("same").equals(Display.display("same")));
  }
}
