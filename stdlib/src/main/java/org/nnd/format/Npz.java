package org.nnd.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/** Several arrays by name in NumPy's {@code .npz} format: a zip file of {@link Npy} arrays. */
public final class Npz {
  private Npz() {}

  /**
   * {@return the arrays of a file by name, in its order}
   *
   * @throws NndException naming the file and the array, where it cannot be read
   */
  public static Map<String, Literal> read(Path path) {
    WholeFile.check(path);
    Map<String, Literal> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = name(entry);
        if (arrays.put(name, read(zip, entry, name)) != null) {
          throw new NndException("there are two arrays '" + name + "'");
        }
      }
    } catch (NndException e) {
      throw new NndException(path + ": " + e.getMessage(), e);
    } catch (ZipException e) {
      throw new NndException("%s: no .npz file: %s".formatted(path, e.getMessage()), e);
    } catch (OutOfMemoryError e) { // arrays of zeros take next to nothing in the file
      throw WholeFile.tooLarge(path, e);
    } catch (IOException e) {
      throw new NndException("%s: cannot be read: %s".formatted(path, AtomicFile.reason(e)), e);
    }
    return arrays;
  }

  private static Literal read(ZipFile zip, ZipEntry entry, String name) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return Npy.read(in);
    } catch (NndException | ZipException e) {
      throw new NndException("array '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  private static String name(ZipEntry entry) {
    String name = entry.getName();
    return name.endsWith(".npy") ? name.substring(0, name.length() - ".npy".length()) : name;
  }

  /** Writes arrays by name, uncompressed or nearly so; equal arrays give equal bytes. */
  public static void write(Path path, Map<String, Literal> arrays) {
    AtomicFile.write(
        path,
        channel -> {
          // Not closed: that would close the channel before its bytes are forced to the disk.
          ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
          for (Map.Entry<String, Literal> array : arrays.entrySet()) {
            ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
            entry.setLastModifiedTime(FileTime.fromMillis(315_532_800_000L)); // 1980, as NumPy does
            zip.putNextEntry(entry);
            zip.write(Npy.bytes(array.getValue()));
            zip.closeEntry();
          }
          zip.finish();
        });
  }
}
