package org.nnd.cli;

import java.nio.file.Path;
import org.nnd.ir.NndException;
import org.nnd.session.Source;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads the files named on the command line. */
final class Scripts {
  private Scripts() {}

  /** {@return the script {@code file}; one that cannot be read is a wrong command line} */
  static Source read(Path file, CommandSpec command) {
    try {
      return Source.read(file);
    } catch (NndException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
