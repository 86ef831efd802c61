package org.nnd.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What holds of every picture's forms. */
final class Forms {
  private static final Set<String> KINDS = Set.of(Picture.HTML, Picture.SVG, Picture.PNG);

  private Forms() {}

  /** Fails unless all forms are complete in themselves and can be read. */
  static Picture check(Picture picture) {
    assertFalse(picture.plain().isBlank());
    assertTrue(KINDS.containsAll(picture.forms().keySet()), picture.forms().keySet().toString());
    picture.forms().forEach(Forms::check);
    return picture;
  }

  private static void check(String kind, String form) {
    if (kind.equals(Picture.PNG)) {
      image(form);
      return;
    }
    Element root = parse(form);
    assertEquals(kind.equals(Picture.SVG) ? "svg" : "div", root.getTagName());
    String rest = form.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    assertFalse(rest.contains("://") && !text(root).contains("://"), "refers to another place");
    assertTrue(form.chars().allMatch(c -> c < 0x7f), "needs an encoding");
    for (Element element : elements(root)) {
      check(element);
    }
  }

  private static void check(Element element) {
    String tag = element.getTagName();
    assertFalse(Set.of("script", "link", "iframe", "object", "form").contains(tag), tag);
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      String name = attribute.getNodeName();
      assertFalse(name.startsWith("on"), name);
      if (Set.of("src", "href", "xlink:href").contains(name)) {
        assertTrue(attribute.getNodeValue().startsWith("data:image/png;base64,"));
        image(attribute.getNodeValue().substring("data:image/png;base64,".length()));
      }
      if (name.equals("style")) {
        assertFalse(attribute.getNodeValue().contains("url("), attribute.getNodeValue());
      }
    }
    if (tag.equals("style")) {
      assertFalse(element.getTextContent().contains("url("));
      assertFalse(element.getTextContent().contains("@import"));
    }
  }

  static Element html(Picture picture) {
    return parse(picture.forms().get(Picture.HTML));
  }

  static Element svg(Picture picture) {
    return parse(picture.forms().get(Picture.SVG));
  }

  private static Element parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError(e + " in " + xml.substring(0, Math.min(2000, xml.length())), e);
    }
  }

  static BufferedImage image(String base64) {
    try {
      BufferedImage image =
          ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
      assertNotNull(image);
      return image;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** {@return all elements of a kind, in order} */
  static List<Element> elements(Element root, String tag) {
    return elements(root).stream().filter(e -> e.getTagName().equals(tag)).toList();
  }

  static List<Element> elements(Element root) {
    NodeList list = root.getElementsByTagName("*");
    List<Element> all = new ArrayList<>();
    for (int i = 0; i < list.getLength(); i++) {
      all.add((Element) list.item(i));
    }
    return all;
  }

  /** {@return the texts of all elements of a kind} */
  static List<String> texts(Element root, String tag) {
    return elements(root, tag).stream().map(Element::getTextContent).toList();
  }

  /** {@return what is read, without styles} */
  static String text(Element root) {
    StringBuilder text = new StringBuilder(root.getTextContent());
    for (String style : texts(root, "style")) {
      int at = text.indexOf(style);
      text.delete(at, at + style.length());
    }
    return text.toString();
  }

  static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
