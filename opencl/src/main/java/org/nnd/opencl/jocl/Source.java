package org.nnd.opencl.jocl;

/**
 * OpenCL C to be compiled.
 *
 * @param name names the program in errors and in saved files, for instance the kernel's name
 * @param text OpenCL C 1.2
 * @param options the driver's build options, for instance {@code -cl-std=CL1.2}
 * @param about what a user knows it by, in a line, for errors and at the top of saved files
 */
public record Source(String name, String text, String options, String about) {
  /**
   * The options everything is built with: OpenCL C 1.2, nothing that changes arithmetic, and no
   * warnings, which some drivers print on the user's terminal.
   */
  public static final String OPTIONS = "-cl-std=CL1.2 -w";

  public Source(String name, String text, String options) {
    this(name, text, options, name);
  }

  public static Source of(String name, String text) {
    return new Source(name, text, OPTIONS);
  }

  public static Source of(String name, String text, String about) {
    return new Source(name, text, OPTIONS, about);
  }
}
