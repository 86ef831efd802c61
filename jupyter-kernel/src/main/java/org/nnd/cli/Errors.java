package org.nnd.cli;

import java.util.Comparator;
import java.util.Map;
import org.nnd.ir.NndException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what went wrong in a sentence. */
record Errors(Output output, NndCommand options) {
  private static final int MAX_SLIPS = 2;

  /** The command line is not understood. */
  int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    output.err().println("nnd: " + sentence(e));
    String name = command.getCommandSpec().qualifiedName();
    output.err().println("See '" + name + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static String sentence(ParameterException e) {
    CommandLine command = e.getCommandLine();
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return e.getMessage();
    }
    String word = unmatched.getUnmatched().getFirst();
    if (word.startsWith("-")) {
      return "unknown option '" + word + "'" + nearest(word, command.getCommandSpec().optionsMap());
    }
    return command.getSubcommands().isEmpty()
        ? "unexpected argument '" + word + "'"
        : unknownCommand(command, word);
  }

  /** {@return the sentence for {@code word} that is no command of {@code nnd}} */
  static String unknownCommand(CommandLine nnd, String word) {
    return "unknown command '" + word + "'" + nearest(word, nnd.getSubcommands());
  }

  private static String nearest(String word, Map<String, ?> names) {
    return names.keySet().stream()
        .filter(name -> distance(word, name) <= MAX_SLIPS)
        .min(Comparator.comparingInt(name -> distance(word, name)))
        .map(name -> "; did you mean '" + name + "'?")
        .orElse("");
  }

  /** Characters to insert, delete, replace or swap with the next (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  /** The command threw. */
  int failed(Exception e, CommandLine command, ParseResult parsed) {
    boolean told = e instanceof NndException;
    output.complain("nnd: " + (told ? e.getMessage() : "internal error: " + e));
    if (options.debug()) {
      e.printStackTrace(output.err());
    } else if (!told) {
      output.err().println("Run it with --debug to see where.");
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
