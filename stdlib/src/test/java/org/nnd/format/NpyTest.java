package org.nnd.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/** The texts in base64 are files that NumPy 1.24 wrote. */
class NpyTest {
  @TempDir Path dir;

  private static Literal numpy(String base64) throws IOException {
    return Npy.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }

  private static void check(Literal expected, Literal got) {
    assertEquals(expected.dtype(), got.dtype());
    assertArrayEquals(expected.shape(), got.shape());
    assertArrayEquals(expected.toDoubles(), got.toDoubles());
  }

  @Test
  void everyTypeAndShapeComesBack() {
    for (DType dtype : DType.values()) {
      for (int[] shape : new int[][] {{}, {0}, {3, 0, 2}, {7}, {2, 3, 5}, {300_001}}) {
        if (dtype == DType.BF16) {
          continue;
        }
        double half = dtype.isFloat() ? 0.5 : 0;
        int most = dtype == DType.BOOL ? 2 : 100;
        double[] elements = new double[Literal.zeros(dtype, shape).count()];
        Arrays.setAll(elements, i -> i % most + half);
        Literal written = Literal.ofDoubles(dtype, elements, shape);
        Npy.write(dir.resolve("a.npy"), written);
        check(written, Npy.read(dir.resolve("a.npy")));
      }
    }
  }

  @Test
  void whatNumPyWritesIsRead() throws IOException {
    check(Literal.of(new double[] {0.5, 1.5, 2.5, 3.5, 4.5, 5.5}, 2, 3), numpy(FORTRAN));
    check(Literal.of(new int[] {-2, 300}, 1, 2), numpy(BIG_ENDIAN));
    check(Literal.ofDoubles(DType.BOOL, new double[] {1, 0, 1}, 3), numpy(BOOLEANS));
    check(Literal.of(new long[] {4_000_000_000L}), numpy(VERSION_2));
    check(Literal.ofDoubles(DType.F16, new double[] {1.5, -2}, 2), numpy(HALVES));
  }

  @Test
  void anArchiveKeepsNamesAndOrder() throws IOException {
    Map<String, Literal> arrays = new LinkedHashMap<>();
    arrays.put("in1", Literal.of(new float[] {1, 2, 3}, 3));
    arrays.put("in0", Literal.of(new int[] {4}, 1, 1));
    arrays.put("none", Literal.of(new float[0], 0));
    Path file = dir.resolve("a.npz");
    Npz.write(file, arrays);
    byte[] once = Files.readAllBytes(file);
    Map<String, Literal> got = Npz.read(file);
    assertEquals(List.copyOf(arrays.keySet()), List.copyOf(got.keySet()));
    arrays.forEach((name, value) -> check(value, got.get(name)));
    Npz.write(file, arrays);
    assertArrayEquals(once, Files.readAllBytes(file));

    Files.write(file, Base64.getDecoder().decode(COMPRESSED));
    Map<String, Literal> packed = Npz.read(file);
    assertEquals(List.of("x", "y"), List.copyOf(packed.keySet()));
    assertEquals(39, packed.get("x").get(39));
    check(Literal.of(new float[] {3}), packed.get("y"));
  }

  @Test
  void damagedArraysAreToldWithFileAndReason() throws IOException {
    refused("abc", "the array is cut off");
    refused("no numpy array at all", "this is no .npy array: it does not begin with \\x93NUMPY");
    refused(header(4, "{}"), "version 4 of the .npy format is not known");
    refused(header(1, "{}"), "the header lacks descr, fortran_order or shape: ");
    refused(
        header(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': True}"),
        "the header has the unknown key 'x'");
    refused(array("|O", "(2,)"), "elements of type '|O' cannot be read; numbers and booleans can");
    refused(array("<f16", "(2,)"), "elements of type '<f16' cannot be read");
    refused(
        array("<f99999999999", "(2,)"),
        "elements of type '<f99999999999' cannot be read; numbers and booleans can");
    refused(array("<f4", "(2147483647,)"), "the array is cut off");
    refused(
        array("<f4", "(65536, 65536, 65536)"),
        "the shape (65536, 65536, 65536) has more than 2^31 - 1 elements");
    refused(array("|b1", "(1,)") + "\2", "element 0 of BOOL is 2, expected 0 or 1");
    refused(array("|u1", "(1,)") + "ab", "there are more bytes than the shape [1] takes");
  }

  @Test
  void filesChangedAnywhereAreReadOrRefused() throws IOException {
    byte[] good = Base64.getDecoder().decode(COMPRESSED);
    Path file = dir.resolve("changed.npz");
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      int length = random.nextInt(4) == 0 ? 1 + random.nextInt(good.length) : good.length;
      byte[] changed = Arrays.copyOf(good, length);
      for (int k = random.nextInt(3); k >= 0; k--) {
        changed[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, changed);
      try {
        Npz.read(file);
      } catch (NndException e) {
        assertTrue(e.getMessage().startsWith(file + ": "), e::getMessage);
        refused++;
      }
    }
    assertTrue(refused > 500, "refused " + refused);
  }

  private void refused(String bytes, String reason) throws IOException {
    Path file = dir.resolve("bad.npy");
    Files.write(file, bytes.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file + ": " + reason, assertThrows(NndException.class, () -> Npy.read(file)).getMessage());
  }

  private static String array(String type, String shape) {
    return header(1, "{'descr': '%s', 'fortran_order': False, 'shape': %s}".formatted(type, shape));
  }

  private static String header(int version, String text) {
    return "\u0093NUMPY" + (char) version + "\0" + (char) text.length() + "\0" + text;
  }

  private static final String FORTRAN =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUn"
          + "OiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgICAgICAgIAoAAAAAAADgPwAAAAAAAAxAAAAAAAAA+D8AAAAAAAASQAAAAAAAAARAAAAA"
          + "AAAAFkA=";

  private static final String BIG_ENDIAN =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPmkyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBl"
          + "JzogKDEsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgICAgICAgIAr//gEs";

  private static final String BOOLEANS =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBl"
          + "JzogKDMsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgICAgICAgIAoBAAE=";

  private static final String VERSION_2 =
      "k05VTVBZAgB0AAAAeydkZXNjcic6ICc8dTQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hh"
          + "cGUnOiAoKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgICAgICAgIAoAKGvu";

  private static final String HALVES =
      "k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBl"
          + "JzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"
          + "ICAgICAgICAgICAgIAoAPgDA";

  private static final String COMPRESSED =
      "UEsDBBQAAAAIAAAAIQAbzes8kwAAACABAAAFABQAeC5ucHkBABAAIAEAAAAAAACTAAAAAAAAAJ3K"
          + "uQrCQACE4cT7vu9zPVchhUUqsbZTbCysJJgVBTGyERvxKXxh/7yCA18xw3y3+83uYBov4y1d5Z+0"
          + "XAq5utrSEvLs6ad27kdPuyrY187NV+z+xXko+sxeWHNLfMT/SRnERAhhRBBFDHEkkERwTCODLHLI"
          + "o4AiSiijgipqqKOBJlpoo4MueuhDYIAhRhhjgikkflBLAwQUAAAACAAAACEAw+ffpkYAAACEAAAA"
          + "BQAUAHkubnB5AQAQAIQAAAAAAAAARgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOg"
          + "npZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqaOgq1ChQBLgYGBwcAUEsBAhQDFAAAAAgAAAAh"
          + "ABvN6zyTAAAAIAEAAAUAAAAAAAAAAAAAAIABAAAAAHgubnB5UEsBAhQDFAAAAAgAAAAhAMPn36ZG"
          + "AAAAhAAAAAUAAAAAAAAAAAAAAIABygAAAHkubnB5UEsFBgAAAAACAAIAZgAAAEcBAAAAAA==";
}
