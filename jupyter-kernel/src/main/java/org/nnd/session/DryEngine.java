package org.nnd.session;

import jdk.jshell.spi.ExecutionControl;

/** Takes classes and runs nothing, so that JShell compiles and infers types only. */
final class DryEngine implements ExecutionControl {
  @Override
  public void load(ClassBytecodes[] classes) {}

  @Override
  public void redefine(ClassBytecodes[] classes) {}

  @Override
  public String invoke(String className, String methodName) {
    return "";
  }

  @Override
  public String varValue(String className, String varName) {
    return "";
  }

  @Override
  public void addToClasspath(String path) {}

  @Override
  public void stop() {}

  @Override
  public Object extensionCommand(String command, Object argument) throws NotImplementedException {
    throw new NotImplementedException(command);
  }

  @Override
  public void close() {}
}
