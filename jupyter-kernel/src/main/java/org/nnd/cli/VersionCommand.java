package org.nnd.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code nnd version} */
@Command(name = "version", description = "Print the versions of NND and of Java.")
final class VersionCommand implements Callable<Integer> {
  private final Output output;

  VersionCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    output.out().println("NND " + version());
    output.out().println("Java " + Runtime.version() + ", " + System.getProperty("java.vm.name"));
    return CommandLine.ExitCode.OK;
  }

  /** {@return the version that the build wrote into the program} */
  static String version() throws IOException {
    var properties = new Properties();
    try (InputStream resource = VersionCommand.class.getResourceAsStream("version.properties")) {
      properties.load(resource);
    }
    return properties.getProperty("version");
  }
}
