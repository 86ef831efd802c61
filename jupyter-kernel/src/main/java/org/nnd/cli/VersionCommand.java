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
    for (String line : new Lines().getVersion()) {
      output.out().println(line);
    }
    return CommandLine.ExitCode.OK;
  }

  /** What {@code nnd --version} prints, too. */
  static final class Lines implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      return new String[] {
        "NND " + version(), "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
      };
    }
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
