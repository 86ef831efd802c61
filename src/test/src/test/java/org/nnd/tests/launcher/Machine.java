package org.nnd.tests.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine as the launcher sees it: a clone of the repository (under a path with spaces), a PATH
 * of chosen programs, a home folder, and a folder of JDKs in place of {@code /usr/lib/jvm}. The
 * launcher's own text is that of the repository but for the few absolute paths it looks at.
 */
final class Machine {
  /** The programs of a Unix that the launcher may use; nothing else is on its PATH. */
  private static final List<String> UNIX =
      List.of(
          "awk",
          "cat",
          "chmod",
          "cp",
          "dirname",
          "find",
          "head",
          "ln",
          "mkdir",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sleep",
          "touch",
          "tr");

  /** Prints its JDK and the arguments after the main class, or plays the preflight. */
  private static final String JAVA =
      """
      #!/bin/sh
      home='%s'
      while [ $# -gt 0 ]; do
          case $1 in
              org.nnd.opencl.jocl.Preflight)
                  [ ! -e "$home/broken-driver" ] || { echo 'no kernel today'; exit 134; }
                  echo "preflight with vendors ${OCL_ICD_VENDORS:-of the system}"
                  echo preflight >>"$home/../../events"
                  exit 0 ;;
              org.nnd.cli.Main) shift; break ;;
          esac
          shift
      done
      echo "jdk $home"
      for argument in "$@"; do printf '[%%s]\\n' "$argument"; done
      case ${1:-} in
          fail) exit "$2" ;;
          locale) echo "[${LC_ALL:-} ${LC_CTYPE:-}]" ;;
          cores) echo "[$POCL_AFFINITY]" ;;
          pages) echo "[$GLIBC_TUNABLES]" ;;
          signals) echo "[$POCL_SIGFPE_HANDLER ${LD_PRELOAD:-}]" ;;
      esac
      """;

  /** Notes each build and leaves a distribution of one jar, unless it is to fail. */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "mvn $JAVA_HOME $*" >>'%s/events'
      if [ -e broken ]; then echo '[ERROR] Net.java:[3,7] cannot find symbol'; exit 1; fi
      [ ! -e slow ] || sleep 1
      mkdir -p jupyter-kernel/target/nnd/lib
      echo jar >jupyter-kernel/target/nnd/lib/nnd-all.jar
      echo lib/nnd-all.jar >jupyter-kernel/target/nnd/classpath
      mkdir -p src/test/target/peers
      echo jar >src/test/target/nnd-tests-1.jar
      echo jar >src/test/target/peers/onnxruntime.jar
      """;

  final Path folder;
  final Path repository;
  final Map<String, String> environment = new HashMap<>();

  Machine(Path temporary) throws IOException {
    folder = temporary.toRealPath();
    repository = Files.createDirectories(folder.resolve("my repository"));
    for (String name : List.of("tools", "jvm", "home", "vendors")) {
      Files.createDirectory(folder.resolve(name));
    }
    for (String name : UNIX) {
      tool(name, "#!/bin/sh\nexec '" + system(name) + "' \"$@\"\n");
    }
    copyLauncher("nnd");
    copyLauncher("opencl/provision.sh");
    for (String module : List.of(".", "dsl", "opencl", "stdlib", "jupyter-kernel", "src/test")) {
      write(repository.resolve(module).resolve("pom.xml"), "<project/>");
    }
    write(repository.resolve(".mvn/jvm.config"), "");
    write(source(), "class Net {}");
    write(repository.resolve("src/test/src/main/java/Peer.java"), "class Peer {}");
    write(folder.resolve("os-release"), "ID=debian\nVERSION_ID=12\n");
    tool("mvn", MAVEN.formatted(folder));
    tool("uname", "#!/bin/sh\n[ \"$1\" = -m ] && echo x86_64 || echo Linux\n");
    tool("ldconfig", "#!/bin/sh\n");
    environment.put("PATH", folder.resolve("tools").toString());
    environment.put("HOME", folder.resolve("home").toString());
    age(repository);
  }

  Path source() {
    return repository.resolve("dsl/src/main/java/Net.java");
  }

  /** A JDK with a version, at a path below this machine's folder. */
  Path jdk(String path, String version) throws IOException {
    Path home = folder.resolve(path);
    write(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
    for (String program : List.of("java", "javac", "jshell")) {
      executable(home.resolve("bin").resolve(program), JAVA.formatted(home));
    }
    return home;
  }

  /** Puts a script on the PATH. */
  void tool(String name, String script) throws IOException {
    executable(folder.resolve("tools").resolve(name), script);
  }

  /** What Maven, apt and the preflight did, in order. */
  List<String> events() throws IOException {
    Path events = folder.resolve("events");
    return Files.exists(events) ? Files.readAllLines(events) : List.of();
  }

  /** Runs the launcher in the machine's folder and waits for its end. */
  Outcome nnd(String... arguments) throws IOException, InterruptedException {
    return run(repository.resolve("nnd"), arguments);
  }

  Outcome run(Path launcher, String... arguments) throws IOException, InterruptedException {
    return Outcome.of(start(launcher, arguments));
  }

  Process start(Path launcher, String... arguments) throws IOException {
    var command = new ArrayList<String>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What a run of the launcher left. */
  record Outcome(int exit, List<String> output, String errors) {
    static Outcome of(Process process) throws IOException, InterruptedException {
      process.getOutputStream().close();
      // Neither stream carries more than a pipe holds, so that reading one after the other is safe.
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the launcher did not end; it said: " + errors);
      }
      return new Outcome(process.exitValue(), output.lines().toList(), errors);
    }
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void executable(Path file, String script) throws IOException {
    write(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Sets every time under a folder an hour back, so that what a test writes later is newer. */
  private static void age(Path folder) throws IOException {
    var past = FileTime.from(Instant.now().minusSeconds(3600));
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Files.setLastModifiedTime(path, past);
      }
    }
  }

  private void copyLauncher(String name) throws IOException {
    String text = Files.readString(home().resolve(name));
    text = text.replace("/usr/lib/jvm/", folder + "/jvm/");
    text = text.replace("/Library/Java/", folder + "/no-mac/");
    text = text.replace("/usr/libexec/java_home", folder + "/no-mac/java_home");
    text = text.replace("/etc/OpenCL/vendors", folder + "/vendors");
    text = text.replace(" /usr/lib/gcc/", " " + folder + "/no-gcc/");
    text = text.replace("/etc/os-release", folder + "/os-release");
    text = text.replace("PATH=$PATH:/sbin:/usr/sbin ", "");
    executable(repository.resolve(name), text);
  }

  /** The root of the repository that these tests belong to. */
  private static Path home() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("opencl/provision.sh"), LinkOption.NOFOLLOW_LINKS)) {
        return at;
      }
    }
    throw new IllegalStateException("the tests run outside of a clone of the repository");
  }

  private static Path system(String program) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new IllegalStateException(program + " is not on the PATH");
  }
}
