package org.nnd.opencl.jocl;

/**
 * How a driver's programs are best built and remembered.
 *
 * <p>PoCL 3.1, measured on 2 cores with 30 kernels of mixed kind: it compiles one thing at a time
 * in a process, whatever the number of threads and contexts (one LLVM context behind one lock). A
 * program costs 0.5 s in the first build of a process (loading its library of built-ins), then
 * about 90 ms each, but only 2 ms for each further kernel of the same program. It keeps programs
 * and work-group functions on disk by itself: from there a program costs 22 ms, 27 ms with 30
 * kernels in it. Asking it for a binary compiles every kernel once more, 70 ms each, for any
 * work-group size, which nothing here uses; building 30 programs from binaries takes 35 to 80 ms,
 * one program with all of them 15 to 40 ms. So sources are joined to one program and the way they
 * were joined is remembered.
 */
enum BuildPolicy {
  /** Many sources per program; the cache holds joined sources, the driver their binaries. */
  JOINED,
  /** One program per source, in parallel; the cache holds binaries. */
  BINARIES,
  /** One program per source, in parallel; the driver has a cache of its own (NVIDIA). */
  PLAIN,
  /** One program per source, one after the other: Oclgrind's compiler is not for threads. */
  SERIAL;

  static BuildPolicy of(DeviceInfo info) {
    if (info.platform().equals("Portable Computing Language")) {
      return JOINED;
    }
    if (info.platform().equals("Oclgrind")) {
      return SERIAL;
    }
    return info.platform().contains("NVIDIA") ? PLAIN : BINARIES;
  }
}
