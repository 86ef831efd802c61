package org.nnd.opencl.jocl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.jocl.CL;
import org.jocl.LibUtils;
import org.nnd.ir.NndException;

/**
 * Loads JOCL's native library from a private directory.
 *
 * <p>JOCL unpacks its library to a fixed name in {@code java.io.tmpdir} and loads a file that is
 * there already without looking at it, so that on a shared machine anybody can plant one. Here the
 * library is unpacked into the user's cache directory, compared byte by byte with the one in the
 * jar, and JOCL is pointed at it by setting {@code java.io.tmpdir} for the moment its static
 * initialiser runs. ({@code java.library.path}, which JOCL tries first, is read once by the JVM at
 * its start, too early for us.)
 */
final class NativeLibrary {
  /** JOCL's library carries this in its name; it is part of the pinned version of the jar. */
  private static final String LIBRARY = "JOCL_2_0_6";

  /** What to do where OpenCL is missing. */
  static final String INSTALL =
      "Install an OpenCL driver: on Debian and Ubuntu `apt install ocl-icd-libopencl1"
          + " pocl-opencl-icd` runs it on the CPU; for a GPU install its vendor's OpenCL driver;"
          + " macOS has one built in; for Windows it comes with the graphics driver or with Intel's"
          + " CPU runtime for OpenCL. `nnd devices` lists what is found.";

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library at the first call.
   *
   * @throws NndException if there is no OpenCL here; at every call, then
   */
  static synchronized void load() {
    if (!loaded) {
      loadPrivately();
      loaded = true;
    }
  }

  private static void loadPrivately() {
    String fileName = LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName(LIBRARY));
    Path directory = CacheDirectory.create("native");
    unpack(fileName, directory);
    String shared = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", directory.toString());
    try {
      CL.setExceptionsEnabled(true); // runs JOCL's static initialiser, which loads the library
    } catch (LinkageError e) { // and at later calls, because the class has failed for good
      throw new NndException("OpenCL is not available on this machine. " + INSTALL, e);
    } finally {
      System.setProperty("java.io.tmpdir", shared);
    }
  }

  /** Leaves exactly the jar's library under {@code directory}, whatever was there before. */
  static void unpack(String fileName, Path directory) {
    Path library = directory.resolve(fileName);
    try (InputStream in = LibUtils.class.getResourceAsStream("/lib/" + fileName)) {
      if (in == null) {
        throw new NndException(
            "the OpenCL binding has no native library for this operating system and processor ("
                + fileName
                + "); it has them for Linux and macOS on x86_64 and arm64, and Windows on x86_64");
      }
      byte[] wanted = in.readAllBytes();
      if (Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS)
          && Arrays.equals(Files.readAllBytes(library), wanted)) {
        return;
      }
      AtomicFiles.write(library, wanted);
    } catch (IOException e) {
      throw new NndException(
          "cannot unpack the OpenCL binding's library to "
              + library
              + " ("
              + e
              + "); set NND_CACHE_DIR to a directory that can be written",
          e);
    }
  }
}
