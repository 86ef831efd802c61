package org.nnd.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class MarkupTest {
  @Test
  void anyTextComesBackAsItWas() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 20; j++) {
        text.appendCodePoint(pick(random));
      }
      Element root =
          Forms.html(
              Picture.of("x")
                  .with(
                      Picture.HTML,
                      new Markup()
                          .open("div", "title", text.toString())
                          .text(text.toString())
                          .close()
                          .toString()));
      assertEquals(text.toString(), root.getTextContent());
      // An attribute's line breaks are spaces to XML.
      assertEquals(text.toString().replace('\n', ' '), root.getAttribute("title"));
    }
  }

  private static int pick(Random random) {
    int[] some = "<>&\"'\n;x=]/é∞𝕏 ".codePoints().toArray();
    return some[random.nextInt(some.length)];
  }

  @Test
  void whatXmlDoesNotHaveIsReplaced() {
    String text = new Markup().element("b", "a\u0000\u001b\ud800\uffff\u007fb").toString();
    assertEquals("<b>a&#65533;&#65533;&#65533;&#65533;&#65533;b</b>", text);
  }

  @Test
  void htmlElementsAreNotClosedInShort() {
    assertThrows(IllegalArgumentException.class, () -> new Markup().empty("span"));
    assertTrue(new Markup().element("span", "").toString().endsWith("</span>"));
  }

  @Test
  void numbersAreShortAndFinite() {
    assertEquals("0", Markup.number(-0.001));
    assertEquals("12.35", Markup.number(12.3456));
    assertEquals("12.3", Markup.number(12.30));
    assertEquals("1200", Markup.number(1200.0));
    assertThrows(IllegalStateException.class, () -> Markup.number(Double.NaN));
  }
}
