package org.nnd.draw;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The frame and the style that all pictures share. */
final class Page {
  /**
   * Everything is under a class of its own and leaves the page around alone. Text has the page's
   * colour, so that it is read on any background; frames are grey between all of them. Rules that
   * notebooks have for tables are overruled.
   */
  private static final String STYLE =
      """
      .nnd{font:13px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;\
      font-variant-numeric:tabular-nums;color:inherit;margin:4px 0;max-width:100%;overflow-x:auto}
      .nnd *{box-sizing:border-box}
      .nnd h4{font-size:13px;font-weight:600;margin:0 0 4px}
      .nnd .m{opacity:.72}
      .nnd p{margin:2px 0 6px}
      .nnd div.row{display:flex;flex-wrap:wrap;gap:12px 20px;align-items:flex-start}
      .nnd table.t{border-collapse:collapse;border:0;margin:2px 0 6px;font-size:13px;width:auto;table-layout:auto}
      .nnd table.t tr,.nnd table.t tr:nth-child(even),.nnd table.t tr:hover{background:none}
      .nnd table.t th,.nnd table.t td{border:0;border-bottom:1px solid rgba(128,128,128,.28);\
      padding:2px 14px 2px 0;text-align:left;vertical-align:baseline;white-space:nowrap;max-width:none;color:inherit}
      .nnd table.t th{font-weight:600;border-bottom:1px solid rgba(128,128,128,.8)}
      .nnd table.t .n{text-align:right}
      .nnd table.t tr.sum td{border-bottom:0;font-weight:600}
      .nnd code,.nnd pre{font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;\
      background:none;color:inherit;padding:0;border:0}
      .nnd pre{margin:2px 0 8px;white-space:pre;overflow:auto;max-height:520px}
      .nnd summary{cursor:pointer;padding:1px 0}
      .nnd details>div{margin:0 0 0 14px}
      .nnd .g{width:max-content;max-width:100%;overflow-x:auto;margin:2px 0 6px}
      .nnd .g summary,.nnd .g .r{display:grid;grid-template-columns:var(--c);column-gap:14px;padding:1px 0;\
      white-space:nowrap;border-bottom:1px solid rgba(128,128,128,.22)}
      .nnd .g .h{border-bottom:1px solid rgba(128,128,128,.8)}
      .nnd .g .h span{font-weight:600}
      .nnd .g span{overflow:hidden;text-overflow:ellipsis}
      .nnd .g span:nth-child(n+4){text-align:right}
      .nnd .g details>div{margin:0}
      .nnd .g summary>span:first-child:before{content:"\\25b8\\a0"}
      .nnd .g details[open]>summary>span:first-child:before{content:"\\25be\\a0"}
      .nnd .g summary::-webkit-details-marker{display:none}
      .nnd img{display:block;image-rendering:pixelated;margin:2px 0;max-width:none}
      .nnd svg{display:block;max-width:none}
      .nnd svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;\
      font-variant-numeric:tabular-nums}
      """;

  /** How far the first cells of nested rows stand in. */
  private static final String INDENTS =
      IntStream.range(0, 9)
          .mapToObj(
              depth -> {
                String inside = ".nnd .g " + "details ".repeat(depth);
                return "%s.r>span:first-child{padding-left:%dch}%sdetails>summary>span:first-child{padding-left:%dch}"
                    .formatted(inside, 2 * depth + 2, inside, 2 * depth);
              })
          .collect(Collectors.joining("\n"));

  /** As files drawings have a background, light or dark as the reader has it. */
  private static final String ALONE =
      """
      svg{color:#1f2328;background:#fff}
      @media (prefers-color-scheme:dark){svg{color:#e3e6ea;background:#16181d}}
      text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;\
      font-variant-numeric:tabular-nums}
      """;

  private Page() {}

  /** {@return the content in its frame} */
  static String of(Markup content) {
    return new Markup()
        .open("div", "class", "nnd")
        .raw(
            "<style>"
                + STYLE
                + (content.toString().contains("<summary") ? INDENTS : "")
                + "</style>")
        .add(content)
        .close()
        .toString();
  }

  /** {@return a page with a title over the content} */
  static String of(String title, Markup content) {
    return of(new Markup().element("h4", title).add(content));
  }

  /** {@return a drawing within a page} */
  static Markup svg(String label, double width, double height, Markup content) {
    return drawing(label, width, height, content);
  }

  /** {@return a drawing as a file of its own} */
  static String alone(String label, double width, double height, Markup content) {
    Markup styled = new Markup().raw("<style>" + ALONE + "</style>").add(content);
    return drawing(label, width, height, styled, "xmlns", "http://www.w3.org/2000/svg").toString();
  }

  private static Markup drawing(
      String label, double width, double height, Markup content, Object... attributes) {
    Object[] common = {
      "width",
      Math.ceil(width),
      "height",
      Math.ceil(height),
      "viewBox",
      "0 0 " + Markup.number(Math.ceil(width)) + " " + Markup.number(Math.ceil(height)),
      "role",
      "img",
      "aria-label",
      label,
      "fill",
      "currentColor"
    };
    Object[] all = Stream.of(attributes, common).flatMap(Arrays::stream).toArray();
    return new Markup().open("svg", all).add(content).close();
  }

  /**
   * {@return a table}
   *
   * @param numbers which columns hold numbers, and so stand to the right
   */
  static Markup table(List<String> titles, List<Boolean> numbers, List<List<String>> rows) {
    Markup table = new Markup().open("table", "class", "t").open("thead").open("tr");
    for (int i = 0; i < titles.size(); i++) {
      table.element("th", titles.get(i), "class", numbers.get(i) ? "n" : "");
    }
    table.close().close().open("tbody");
    for (List<String> row : rows) {
      table.open("tr");
      for (int i = 0; i < row.size(); i++) {
        table.element("td", row.get(i), "class", numbers.get(i) ? "n" : "");
      }
      table.close();
    }
    return table.close().close();
  }

  /** {@return content that is shown when its heading is clicked} */
  static Markup details(boolean open, Markup heading, Markup content) {
    return new Markup()
        .open("details", "open", open ? "open" : "")
        .open("summary")
        .add(heading)
        .close()
        .open("div")
        .add(content)
        .close()
        .close();
  }
}
