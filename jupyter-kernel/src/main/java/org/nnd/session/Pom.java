package org.nnd.session;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nnd.ir.NndException;

/**
 * A Maven project whose dependencies are wanted. The machine's own Maven resolves them, which knows
 * the user's repositories, mirrors and proxies.
 *
 * @param text the POM
 */
record Pom(String text) {
  private static final String RESOLVE =
      "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";

  /** {@code group:artifact[:type[:classifier]]:version}. */
  private static final Pattern COORDINATES =
      Pattern.compile("([^:#;\\s]+):([^:\\s]+)(?::([^:\\s]+))?(?::([^:\\s]+))?:([^:\\s]+)");

  /** As IJava had it: {@code group#artifact;version}. */
  private static final Pattern IVY = Pattern.compile("([^#\\s]+)#([^;\\s]+);(\\S+)");

  private static final Pattern ERROR = Pattern.compile("(?m)^\\[ERROR\\] (.+?)(?: -> \\[Help.*)?$");

  /** {@return a project that depends on libraries, with further repositories by address} */
  static Pom of(List<String> coordinates, Collection<String> repositories) {
    return around(
        coordinates.stream().map(Pom::dependency).collect(Collectors.joining()), repositories);
  }

  private static String dependency(String coordinates) {
    Matcher maven = COORDINATES.matcher(coordinates);
    Matcher ivy = IVY.matcher(coordinates);
    if (ivy.matches()) {
      return dependency(ivy.group(1), ivy.group(2), ivy.group(3), "");
    }
    if (!maven.matches()) {
      throw new NndException(
          "'%s' names no library; one is named group:artifact:version".formatted(coordinates));
    }
    String type = maven.group(3) == null ? "" : element("type", maven.group(3));
    String classifier = maven.group(4) == null ? "" : element("classifier", maven.group(4));
    return dependency(maven.group(1), maven.group(2), maven.group(5), type + classifier);
  }

  private static String dependency(String group, String artifact, String version, String more) {
    return element(
        "dependency",
        element("groupId", group)
            + element("artifactId", artifact)
            + element("version", version)
            + more);
  }

  /** {@return a project around some elements of one, such as {@code <dependency>}} */
  static Pom around(String elements, Collection<String> repositories) {
    if (elements.contains("<project")) {
      return new Pom(elements);
    }
    String inner = elements.replaceAll("</?dependencies>", "").replaceAll("</?repositories>", "");
    Matcher own = Pattern.compile("(?s)<repository>.*?</repository>").matcher(inner);
    String declared = own.results().map(r -> r.group()).collect(Collectors.joining());
    String dependencies = own.reset().replaceAll("");
    String further =
        repositories.stream()
            .map(
                url ->
                    element(
                        "repository",
                        element("id", "r" + Integer.toHexString(url.hashCode()))
                            + element("url", url)))
            .collect(Collectors.joining());
    return new Pom(
        "<project><modelVersion>4.0.0</modelVersion><groupId>cell</groupId>"
            + "<artifactId>cell</artifactId><version>1</version><packaging>pom</packaging>"
            + element("repositories", declared + further)
            + element("dependencies", dependencies)
            + "</project>");
  }

  private static String element(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }

  /** {@return the project at {@code path}} */
  static Pom read(Path path) {
    try {
      return new Pom(Files.readString(path));
    } catch (IOException e) {
      throw new NndException(path + ": cannot be read", e);
    }
  }

  /** {@return the jars of the dependencies, and of theirs} */
  List<Path> resolve() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("nnd-maven");
    try {
      Path pom = Files.writeString(folder.resolve("pom.xml"), text);
      Path found = folder.resolve("classpath");
      String said = maven(pom, found);
      if (!Files.exists(found)) {
        throw new NndException("Maven cannot resolve this: " + reason(said));
      }
      return Stream.of(Files.readString(found).strip().split(File.pathSeparator))
          .filter(jar -> !jar.isBlank())
          .map(Path::of)
          .toList();
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    }
  }

  private static String maven(Path pom, Path found) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn",
            "--batch-mode",
            "--quiet",
            "-f",
            pom.toString(),
            RESOLVE,
            "-DincludeScope=runtime",
            "-Dmdep.outputFile=" + found);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new NndException("%maven needs Maven, the command mvn, which is not on the PATH", e);
    }
    try {
      process.getOutputStream().close();
      byte[] said = process.getInputStream().readAllBytes();
      process.waitFor();
      return new String(said, StandardCharsets.UTF_8);
    } finally {
      process.destroy();
    }
  }

  private static String reason(String said) {
    Matcher error = ERROR.matcher(said);
    return error.find() ? error.group(1) : said.strip();
  }
}
