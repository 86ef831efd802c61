package org.nnd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers about code that is being written. */
class AssistantTest {
  private static Session session;
  private static Assistant assistant;

  @BeforeAll
  static void open() {
    session = Session.open();
    session.eval(
        new Source("cell", "var words = List.of(\"a\"); int wordCount(int from) { return 1; }"));
    assistant = session.assistant();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void variablesAndTheirMembersComplete() {
    String code = "int n = 1;\nwor";
    Assistant.Completions names = assistant.complete(code, code.length());
    assertEquals(code.length() - 3, names.begin());
    assertEquals(List.of("wordCount(", "words"), names.texts().stream().sorted().toList());
    code = "println(words.ge); int m = 2;";
    Assistant.Completions members = assistant.complete(code, code.indexOf(")"));
    assertTrue(members.texts().contains("get("), members::toString);
    assertEquals(code.indexOf("ge"), members.begin());
  }

  @Test
  void methodsAreDescribed() {
    String code = "int n = 1;\nwordCount(";
    assertEquals(
        List.of("int wordCount(int from)"),
        assistant.describe(code, code.length()).stream()
            .map(Assistant.Description::signature)
            .toList());
  }

  @Test
  void completenessIsThatOfTheLastSnippet() {
    assertEquals(Assistant.Completeness.COMPLETE, assistant.completeness("int a = 1;\na"));
    assertEquals(Assistant.Completeness.COMPLETE, assistant.completeness(""));
    assertEquals(Assistant.Completeness.INCOMPLETE, assistant.completeness("int a = 1;\nfor ("));
    assertEquals(Assistant.Completeness.INVALID, assistant.completeness("int a = 1;\na ) b"));
  }

  @Test
  void completenessKnowsWhatTheGrammarOfASnippetDoesNot() {
    for (String open : List.of("/* open", "int a = 1; /* open", "@Override", "@Target({})\n")) {
      assertEquals(Assistant.Completeness.INCOMPLETE, assistant.completeness(open), open);
    }
    for (String whole :
        List.of(
            "words?",
            "?words",
            "words?\n\n1",
            "%time?",
            "/* a */",
            "1 /* a */",
            "// see /* open",
            "#!/usr/bin/env nnd",
            "#!/usr/bin/env nnd\nint a = 1;")) {
      assertEquals(Assistant.Completeness.COMPLETE, assistant.completeness(whole), whole);
    }
  }
}
