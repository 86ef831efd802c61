package org.nnd.draw;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes what XChart draws as SVG: lines and areas as paths, those of one style together. XChart
 * draws text as outlines of glyphs; where they are those of a known text it becomes text again,
 * which can be read aloud, found and copied, and is a fiftieth of the size.
 */
final class SvgGraphics extends Graphics2D {
  /** Stands for the colour of the text around the drawing. */
  static final Color INK = new Color(1, 1, 1);

  /** Stands for a faint form of it. */
  static final Color FAINT = new Color(2, 2, 2);

  /** Stands for an even fainter one, for many lines. */
  static final Color FAINTER = new Color(3, 3, 3);

  private static final FontRenderContext FONTS = new FontRenderContext(null, true, true);

  private final Markup out = new Markup();
  private final StringBuilder pending = new StringBuilder();
  private final Set<String> texts;
  private final Set<String> met = new HashSet<>();
  private final Map<String, String> outlines = new HashMap<>();
  private String style = "";
  private AffineTransform transform = new AffineTransform();
  private Color colour = INK;
  private Stroke stroke = new BasicStroke();
  private Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private Shape clip;

  /**
   * @param texts the texts to be known, all in one font; more may be added while drawing goes on
   */
  SvgGraphics(Set<String> texts) {
    this.texts = texts;
  }

  /** {@return all that was drawn} */
  Markup markup() {
    flush();
    return out;
  }

  @Override
  public void draw(Shape shape) {
    BasicStroke line = (BasicStroke) stroke;
    StringBuilder attributes = new StringBuilder("fill=\"none\"");
    paint(attributes, "stroke");
    if (line.getLineWidth() != 1) {
      attributes.append(" stroke-width=\"").append(Markup.number(line.getLineWidth())).append('"');
    }
    if (line.getDashArray() != null) {
      attributes.append(" stroke-dasharray=\"");
      for (float dash : line.getDashArray()) {
        attributes.append(Markup.number(dash)).append(' ');
      }
      attributes.setCharAt(attributes.length() - 1, '"');
    }
    if (line.getLineJoin() == BasicStroke.JOIN_ROUND) {
      attributes.append(" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
    }
    path(shape, attributes.toString());
  }

  @Override
  public void fill(Shape shape) {
    if (colour.getAlpha() == 0 || known(shape)) {
      return;
    }
    StringBuilder attributes = new StringBuilder();
    paint(attributes, "fill");
    path(shape, attributes.toString());
  }

  /** Writes text where the shape is that of a text. */
  private boolean known(Shape shape) {
    for (String text : texts) {
      if (!text.isBlank() && met.add(text)) {
        Shape glyphs = new TextLayout(text, font, FONTS).getOutline(null);
        outlines.put(data(glyphs, new AffineTransform()), text);
      }
    }
    String text = outlines.get(data(shape, new AffineTransform()));
    if (text == null) {
      return false;
    }
    flush();
    // Fonts differ: what was centred here should be so there.
    out.element(
        "text",
        text,
        "x",
        transform.getTranslateX() + shape.getBounds2D().getCenterX(),
        "y",
        transform.getTranslateY(),
        "text-anchor",
        "middle",
        "opacity",
        0.8);
    return true;
  }

  private void paint(StringBuilder attributes, String what) {
    boolean faint = colour.equals(FAINT);
    boolean fainter = colour.equals(FAINTER);
    boolean ink = colour.equals(INK);
    attributes
        .append(' ')
        .append(what)
        .append("=\"")
        .append(faint || fainter || ink ? "currentColor" : Palette.css(colour.getRGB()))
        .append('"');
    double opacity = faint ? 0.22 : fainter ? 0.1 : ink ? 0.8 : colour.getAlpha() / 255.0;
    if (opacity < 1) {
      attributes.append(' ').append(what).append("-opacity=\"");
      attributes.append(Markup.number(opacity)).append('"');
    }
  }

  private void path(Shape shape, String newStyle) {
    if (!newStyle.equals(style)) {
      flush();
      style = newStyle;
    }
    pending.append(data(shape, transform));
  }

  private void flush() {
    if (!pending.isEmpty()) {
      out.raw("<path d=\"" + pending + "\" " + style.strip() + "/>");
      pending.setLength(0);
    }
    style = "";
  }

  /** {@return the path of a shape in SVG, coordinates to a tenth} */
  private static String data(Shape shape, AffineTransform at) {
    StringBuilder data = new StringBuilder();
    double[] c = new double[6];
    for (PathIterator i = shape.getPathIterator(at); !i.isDone(); i.next()) {
      int kind = i.currentSegment(c);
      switch (kind) {
        case PathIterator.SEG_MOVETO -> data.append('M');
        case PathIterator.SEG_LINETO -> data.append('L');
        case PathIterator.SEG_QUADTO -> data.append('Q');
        case PathIterator.SEG_CUBICTO -> data.append('C');
        default -> data.append('Z');
      }
      int numbers = kind == PathIterator.SEG_CLOSE ? 0 : 2 * Math.max(1, kind);
      for (int n = 0; n < numbers; n++) {
        data.append(n == 0 ? "" : " ").append(Markup.number(Math.rint(10 * c[n]) / 10));
      }
    }
    return data.toString();
  }

  @Override
  public void drawLine(int x1, int y1, int x2, int y2) {
    draw(new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void fillRect(int x, int y, int width, int height) {
    fill(new Rectangle(x, y, width, height));
  }

  // State.

  @Override
  public void setColor(Color c) {
    colour = c;
  }

  @Override
  public Color getColor() {
    return colour;
  }

  @Override
  public void setPaint(Paint paint) {
    colour = (Color) paint;
  }

  @Override
  public Paint getPaint() {
    return colour;
  }

  @Override
  public void setStroke(Stroke s) {
    stroke = s;
  }

  @Override
  public Stroke getStroke() {
    return stroke;
  }

  @Override
  public void setFont(Font f) {
    font = f;
  }

  @Override
  public Font getFont() {
    return font;
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return FONTS;
  }

  @Override
  public AffineTransform getTransform() {
    return new AffineTransform(transform);
  }

  @Override
  public void setTransform(AffineTransform t) {
    transform = new AffineTransform(t);
  }

  @Override
  public void transform(AffineTransform t) {
    transform.concatenate(t);
  }

  @Override
  public void translate(double x, double y) {
    transform.translate(x, y);
  }

  @Override
  public void translate(int x, int y) {
    transform.translate(x, y);
  }

  @Override
  public void rotate(double theta) {
    transform.rotate(theta);
  }

  @Override
  public void rotate(double theta, double x, double y) {
    transform.rotate(theta, x, y);
  }

  @Override
  public void scale(double x, double y) {
    transform.scale(x, y);
  }

  @Override
  public void shear(double x, double y) {
    transform.shear(x, y);
  }

  /** Lines are not clipped: the axes hold them all. */
  @Override
  public void setClip(Shape s) {
    clip = s;
  }

  @Override
  public Shape getClip() {
    return clip;
  }

  @Override
  public void setClip(int x, int y, int width, int height) {
    clip = new Rectangle(x, y, width, height);
  }

  @Override
  public void clipRect(int x, int y, int width, int height) {
    setClip(x, y, width, height);
  }

  @Override
  public void clip(Shape s) {
    clip = s;
  }

  @Override
  public Rectangle getClipBounds() {
    return clip == null ? null : clip.getBounds();
  }

  @Override
  public Graphics create() {
    return this;
  }

  @Override
  public void dispose() {}

  // Of no consequence here.

  @Override
  public void setRenderingHint(RenderingHints.Key key, Object value) {}

  @Override
  public Object getRenderingHint(RenderingHints.Key key) {
    return null;
  }

  @Override
  public void setRenderingHints(Map<?, ?> hints) {}

  @Override
  public void addRenderingHints(Map<?, ?> hints) {}

  @Override
  public RenderingHints getRenderingHints() {
    return new RenderingHints(Map.of());
  }

  @Override
  public void setComposite(Composite composite) {}

  @Override
  public Composite getComposite() {
    return AlphaComposite.SrcOver;
  }

  @Override
  public void setBackground(Color c) {}

  @Override
  public Color getBackground() {
    return FAINT;
  }

  @Override
  public void setPaintMode() {}

  @Override
  public void setXORMode(Color c) {}

  @Override
  public boolean hit(Rectangle r, Shape s, boolean onStroke) {
    return false;
  }

  @Override
  public GraphicsConfiguration getDeviceConfiguration() {
    return null;
  }

  // What XChart draws no XY chart with.

  @Override
  public FontMetrics getFontMetrics(Font f) {
    throw unused();
  }

  @Override
  public void drawString(String text, int x, int y) {
    throw unused();
  }

  @Override
  public void drawString(String text, float x, float y) {
    throw unused();
  }

  @Override
  public void drawString(AttributedCharacterIterator text, int x, int y) {
    throw unused();
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    throw unused();
  }

  @Override
  public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
    throw unused();
  }

  @Override
  public boolean drawImage(Image image, AffineTransform at, ImageObserver observer) {
    throw unused();
  }

  @Override
  public void drawImage(BufferedImage image, BufferedImageOp op, int x, int y) {
    throw unused();
  }

  @Override
  public void drawRenderedImage(RenderedImage image, AffineTransform at) {
    throw unused();
  }

  @Override
  public void drawRenderableImage(RenderableImage image, AffineTransform at) {
    throw unused();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, ImageObserver observer) {
    throw unused();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, int w, int h, ImageObserver observer) {
    throw unused();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, Color c, ImageObserver observer) {
    throw unused();
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int w, int h, Color c, ImageObserver observer) {
    throw unused();
  }

  @Override
  public boolean drawImage(
      Image image, int a, int b, int c, int d, int e, int f, int g, int h, ImageObserver o) {
    throw unused();
  }

  @Override
  public boolean drawImage(
      Image image,
      int a,
      int b,
      int c,
      int d,
      int e,
      int f,
      int g,
      int h,
      Color colour2,
      ImageObserver o) {
    throw unused();
  }

  @Override
  public void copyArea(int x, int y, int width, int height, int dx, int dy) {
    throw unused();
  }

  @Override
  public void clearRect(int x, int y, int width, int height) {
    throw unused();
  }

  @Override
  public void drawRoundRect(int x, int y, int width, int height, int w, int h) {
    throw unused();
  }

  @Override
  public void fillRoundRect(int x, int y, int width, int height, int w, int h) {
    throw unused();
  }

  @Override
  public void drawOval(int x, int y, int width, int height) {
    throw unused();
  }

  @Override
  public void fillOval(int x, int y, int width, int height) {
    throw unused();
  }

  @Override
  public void drawArc(int x, int y, int width, int height, int start, int angle) {
    throw unused();
  }

  @Override
  public void fillArc(int x, int y, int width, int height, int start, int angle) {
    throw unused();
  }

  @Override
  public void drawPolyline(int[] x, int[] y, int n) {
    throw unused();
  }

  @Override
  public void drawPolygon(int[] x, int[] y, int n) {
    throw unused();
  }

  @Override
  public void fillPolygon(int[] x, int[] y, int n) {
    throw unused();
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("not part of an XY chart");
  }
}
