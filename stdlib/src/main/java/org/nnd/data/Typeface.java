package org.nnd.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.nnd.ir.NndException;

/**
 * A font file on the class path. Its outlines are read by FontBox in plain Java: what the JDK's own
 * font engine makes of a file differs between versions and systems.
 */
record Typeface(String resource) {
  /** The fonts of training pictures. */
  static final List<Typeface> TRAIN =
      faces(
          "net/sf/jasperreports/fonts/dejavu/DejaVuSans%s.ttf",
          List.of("", "-Bold", "-Oblique", "Condensed", "Mono", "Mono-Bold"),
          "net/sf/jasperreports/fonts/dejavu/DejaVuSerif%s.ttf",
          List.of("", "-Bold", "-Italic", "Condensed", "Condensed-Bold", "Condensed-Italic"),
          "liberation/LiberationSans-%s.ttf",
          List.of("Regular", "Bold", "Italic"),
          "com/formdev/flatlaf/fonts/jetbrains_mono/JetBrainsMono-%s.ttf",
          List.of("Regular", "Bold", "Italic"),
          "com/formdev/flatlaf/fonts/inter/Inter-%s.otf",
          List.of("Light", "Bold", "Italic"));

  /** The fonts of test pictures: other families than those of {@link #TRAIN}. */
  static final List<Typeface> TEST =
      faces(
          "com/formdev/flatlaf/fonts/roboto/Roboto-%s.ttf",
          List.of("Regular", "Light", "BoldItalic"),
          "liberation/LiberationSerif-%s.ttf",
          List.of("Regular", "Bold", "Italic"),
          "liberation/LiberationMono-%s.ttf",
          List.of("Regular", "Bold", "Italic"));

  private static List<Typeface> faces(Object... patternsAndStyles) {
    List<Typeface> out = new ArrayList<>();
    for (int i = 0; i < patternsAndStyles.length; i += 2) {
      for (Object style : (List<?>) patternsAndStyles[i + 1]) {
        out.add(new Typeface(((String) patternsAndStyles[i]).formatted(style)));
      }
    }
    return List.copyOf(out);
  }

  /**
   * The outlines of the characters, each centred on the origin, scaled so that the tallest of them
   * is 1 high.
   */
  List<Outline> outlines(List<String> characters) {
    try (InputStream in = Typeface.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new NndException("the font " + resource + " is missing from the class path");
      }
      try (TrueTypeFont font = parse(new RandomAccessReadBuffer(in))) {
        List<Outline> raw = new ArrayList<>();
        for (String character : characters) {
          raw.add(outline(font, character));
        }
        double tallest =
            raw.stream().mapToDouble(o -> o.bounds()[3] - o.bounds()[1]).max().orElseThrow();
        return raw.stream().map(o -> o.centred(1 / tallest)).toList();
      }
    } catch (IOException e) {
      throw new NndException("the font " + resource + " cannot be read: " + e.getMessage(), e);
    }
  }

  private TrueTypeFont parse(RandomAccessReadBuffer in) throws IOException {
    return resource.endsWith(".otf") ? new OTFParser().parse(in) : new TTFParser().parse(in);
  }

  private Outline outline(TrueTypeFont font, String character) throws IOException {
    String name = "uni%04X".formatted(character.codePointAt(0));
    Outline outline = font.hasGlyph(name) ? Outline.of(font.getPath(name)) : new Outline(List.of());
    if (outline.contours().isEmpty()) {
      throw new NndException(
          "character '%s' has no outline in %s; the glyph generator draws Latin letters, digits and signs"
              .formatted(character, resource));
    }
    return outline;
  }
}
