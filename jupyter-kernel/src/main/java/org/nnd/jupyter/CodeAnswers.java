package org.nnd.jupyter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.nnd.session.Assistant;

/** Answers to requests about code that is being written. */
final class CodeAnswers {
  private static final Pattern LAST_LINE = Pattern.compile("[ \\t]*[^\\n]*\\s*$");

  private final Workplace workplace;

  CodeAnswers(Workplace workplace) {
    this.workplace = workplace;
  }

  /** {@return what a client shows beside the notebook as the answer about {@code name}} */
  List<Map<String, Object>> pages(String name) {
    String text = workplace.session().assistant().answer(name);
    return List.of(Map.of("source", "page", "start", 0, "data", Map.of("text/plain", text)));
  }

  Optional<DisplayData> inspect(String code, int at) {
    return workplace.session().assistant().described(code, utf16(code, at)).map(DisplayData::new);
  }

  ReplacementOptions complete(String code, int at) {
    int cursor = utf16(code, at);
    Assistant.Completions found = workplace.session().assistant().complete(code, cursor);
    return new ReplacementOptions(found.texts(), code.codePointCount(0, found.begin()), at);
  }

  String isComplete(String code) {
    return switch (workplace.session().assistant().completeness(code)) {
      case COMPLETE -> BaseKernel.IS_COMPLETE_YES;
      case INVALID -> BaseKernel.IS_COMPLETE_BAD;
      case INCOMPLETE -> indent(code);
    };
  }

  /** The indentation of the last line, and four more columns after an opening bracket. */
  private static String indent(String code) {
    Matcher last = LAST_LINE.matcher(code.stripTrailing());
    String line = last.find() ? last.group() : "";
    String indent = line.substring(0, line.length() - line.stripLeading().length());
    return line.endsWith("{") || line.endsWith("(") ? indent + "    " : indent;
  }

  private static int utf16(String code, int codePoints) {
    int count = code.codePointCount(0, code.length());
    return code.offsetByCodePoints(0, Math.clamp(codePoints, 0, count));
  }
}
