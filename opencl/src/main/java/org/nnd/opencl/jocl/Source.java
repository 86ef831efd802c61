package org.nnd.opencl.jocl;

import java.util.Optional;

/**
 * OpenCL C to be compiled.
 *
 * @param name names the program in errors and in saved files, for instance the kernel's name
 * @param text OpenCL C 1.2
 * @param options the driver's build options, for instance {@code -cl-std=CL1.2}
 * @param about what a user knows it by, in a line, for errors and at the top of saved files
 * @param written what in it a user wrote: such a source may define what it likes, and is compiled
 *     on its own
 */
public record Source(
    String name, String text, String options, String about, Optional<WrittenText> written) {
  /**
   * The options everything is built with: OpenCL C 1.2, nothing that changes arithmetic, and no
   * warnings, which some drivers print on the user's terminal.
   */
  public static final String OPTIONS = "-cl-std=CL1.2 -w";

  public Source(String name, String text, String options) {
    this(name, text, options, name, Optional.empty());
  }

  public static Source of(String name, String text) {
    return new Source(name, text, OPTIONS);
  }

  public static Source of(String name, String text, String about) {
    return new Source(name, text, OPTIONS, about, Optional.empty());
  }

  /** {@return this with what a user wrote of it} */
  public Source writtenAs(WrittenText text) {
    return new Source(name, this.text, options, about, Optional.of(text));
  }
}
