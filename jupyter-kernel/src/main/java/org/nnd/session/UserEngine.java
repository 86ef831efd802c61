package org.nnd.session;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Runs snippets inside this process and keeps what they return as the object it is; JShell itself
 * knows only strings.
 */
final class UserEngine extends DirectExecutionControl {

  /** How the last snippet that ran ended. */
  sealed interface End {
    record Returned(Optional<Object> value) implements End {}

    record Threw(Throwable thrown) implements End {}

    /** The code did not end within the time an interrupt allows it; its thread is left behind. */
    record Abandoned() implements End {}

    /** Nothing ran. */
    record Idle() implements End {}
  }

  /** What the session does when classes have come and before code runs. */
  record Hooks(Consumer<Set<String>> classesLoaded, Runnable beforeRun) {}

  private final UserLoader loader;
  private final UserThread thread;
  private final Hooks hooks;
  private End end = new End.Idle();

  UserEngine(UserLoader loader, UserThread thread, Hooks hooks) {
    super(loader);
    this.loader = loader;
    this.thread = thread;
    this.hooks = hooks;
  }

  /** {@return how the snippet ended that ran since the last call} */
  End takeEnd() {
    End taken = end;
    end = new End.Idle();
    return taken;
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    super.load(classes);
    hooks.classesLoaded.accept(names(classes));
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    hooks.beforeRun.run();
    end = thread.run(() -> call(snippet));
    if (end instanceof End.Threw(SPIResolutionException unresolved)) {
      throw new ResolutionException(unresolved.id(), unresolved.getStackTrace());
    }
    if (end instanceof End.Threw(Throwable t)) {
      throw new UserException(
          String.valueOf(t.getMessage()), t.getClass().getName(), t.getStackTrace());
    }
    return "";
  }

  private static End call(Method snippet) {
    try {
      return new End.Returned(Optional.ofNullable(snippet.invoke(null)));
    } catch (InvocationTargetException e) {
      return new End.Threw(e.getCause());
    } catch (IllegalAccessException e) {
      return new End.Threw(e);
    }
  }

  /** Refused without the agent, or when more than bodies changed: JShell then makes a new class. */
  @Override
  public void redefine(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    Instrumentation jvm =
        Agent.instrumentation().orElseThrow(() -> new NotImplementedException("no agent"));
    var definitions = new ClassDefinition[classes.length];
    try {
      for (int i = 0; i < classes.length; i++) {
        definitions[i] = new ClassDefinition(findClass(classes[i].name()), classes[i].bytecodes());
      }
      jvm.redefineClasses(definitions);
    } catch (ClassNotFoundException
        | UnmodifiableClassException
        | UnsupportedOperationException
        | LinkageError e) {
      throw new ClassInstallException(e.toString(), new boolean[classes.length]);
    }
    loader.classesRedefined(classes);
    hooks.classesLoaded.accept(names(classes));
  }

  private static Set<String> names(ClassBytecodes[] classes) {
    return Arrays.stream(classes).map(ClassBytecodes::name).collect(Collectors.toSet());
  }

  @Override
  public void stop() {
    thread.interrupt();
  }

  @Override
  public void close() {
    thread.close();
  }
}
