package org.nnd.cli;

import java.nio.file.Path;
import java.util.List;
import org.nnd.ir.NndException;
import org.nnd.session.Notebook;
import org.nnd.session.Source;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads the files named on the command line. */
final class Scripts {
  private Scripts() {}

  /** {@return the script {@code file}, or the cells of the notebook {@code file}} */
  static List<Source> readAll(Path file, CommandSpec command) {
    if (!Notebook.isNamedLikeOne(file)) {
      return List.of(read(file, command));
    }
    try {
      return Notebook.read(file).cells();
    } catch (NndException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /** {@return the script {@code file}; one that cannot be read is a wrong command line} */
  static Source read(Path file, CommandSpec command) {
    try {
      return Source.read(file);
    } catch (NndException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
