package org.nnd.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.nnd.format.SafetensorsTest.assertMessage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnd.ir.NndException;

/** Every rule of the format, broken. */
class SafetensorsRefusalTest {
  @TempDir Path dir;

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':T[0,4]},'b':T[2,6]}}|6|tensor 'b': overlaps with tensor 'a'",
        "{'a':T[0,4]},'b':T[8,12]}}|12|tensor 'b': 4 unused bytes after tensor 'a'",
        "{'a':T[4,8]}}|8|tensor 'a': 4 unused bytes after the header",
        "{'a':T[0,4]}}|2|tensor 'a': ends at byte 4, the file holds only 2 bytes of data",
        "{'a':T[0,4]}}|9|5 bytes after the last tensor",
        "{'a':T[0,4]},'a':T[4,8]}}|8|tensor 'a': appears twice",
        "{'a':T[0,8]}}|8|F32[1] takes 4 bytes, data_offsets [0, 8] give it 8",
        "{'a':T[4,0]}}|4|data_offsets [4, 0], expected [begin, end]",
        "{'a':T[-4,0]}}|4|data_offsets holds -4, expected numbers from 0 up",
        "{'a':T[0.0,4]}}|4|data_offsets holds 0.0, expected numbers from 0 up",
        "{'a':T[0,4,8]}}|8|expected [begin, end]",
        "{'a':{'dtype':'F33','shape':[1],'data_offsets':[0,4]}}|4|unknown dtype 'F33'",
        "{'a':{'dtype':7,'shape':[1],'data_offsets':[0,4]}}|4|unknown dtype 'NUMBER'",
        "{'a':{'dtype':'F32','shape':[1]}}|4|tensor 'a': has [dtype, shape], expected",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'x':1}}|4|unknown part 'x'",
        "{'a':{'dtype':'F32','shape':1,'data_offsets':[0,4]}}|4|shape is a NUMBER",
        "{'a':{'dtype':'F32','shape':[1],'shape':[1],'data_offsets':[0,4]}}|4|'shape' appears twice",
        "{'a':{'dtype':'F4','shape':[3],'data_offsets':[0,1]}}|1|3 elements of F4 do not fill whole",
        "{'a':{'dtype':'F64','shape':[4294967296,4294967296],'data_offsets':[0,1]}}|1|is too large",
        "{'a':{'dtype':'F64','shape':[4611686018427387904],'data_offsets':[0,1]}}|1|expected numbers",
        "{'a':{'dtype':'F64','shape':[400000000000000000],'data_offsets':[0,1]}}|1|more than a file",
        "{'a':3}|0|tensor 'a': is described by a NUMBER",
        "{'__metadata__':{'k':3}}|0|__metadata__: the value of 'k' is not a string",
        "{'__metadata__':{'k':'v','k':'w'}}|0|__metadata__: 'k' appears twice",
        "{'__metadata__':{},'__metadata__':{}}|0|__metadata__ appears twice",
        "{'a':|0|the header is not valid JSON",
        "{} x|0|the header is not valid JSON",
        "{'a':T[0,4]},}|4|the header is not valid JSON",
        "[1]|0|the header does not begin with '{'",
      })
  void aBrokenHeaderNamesFileAndTensor(String header, int data, String message) throws IOException {
    String json =
        header.replace("T[", "{'dtype':'F32','shape':[1],'data_offsets':[").replace('\'', '"');
    Path file = file(json.getBytes(StandardCharsets.UTF_8), json.length(), data);
    assertMessage("bad.safetensors: ", () -> Safetensors.open(file));
    assertMessage(message, () -> Safetensors.open(file));
  }

  @Test
  void lengthsThatCannotBeAreRefused() throws IOException {
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    Path huge = file(json, 100_000_001, 0);
    assertMessage("the header claims 100000001 bytes", () -> Safetensors.open(huge));
    Path negative = file(json, -1, 0);
    assertMessage("the header claims 18446744073709551615", () -> Safetensors.open(negative));
    Path cut = file(json, 50, 0);
    assertMessage("claims 50 bytes, the file holds 2 more", () -> Safetensors.open(cut));
    Path empty = dir.resolve("empty");
    Files.write(empty, new byte[3]);
    assertMessage("empty: 3 bytes are too few", () -> Safetensors.open(empty));
    assertMessage("missing: cannot be read", () -> Safetensors.open(dir.resolve("missing")));
    assertMessage("cannot be read", () -> Safetensors.open(dir));
  }

  @Test
  void aHeaderThatIsNotTextIsRefused() throws IOException {
    Path file = file(new byte[] {'{', (byte) 0xFF, '}'}, 3, 0);
    assertMessage("the header is not UTF-8 text", () -> Safetensors.open(file));
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    String json = "{\"a\":" + "[".repeat(100_000);
    Path file = file(json.getBytes(StandardCharsets.UTF_8), json.length(), 0);
    assertMessage("is described by a BEGIN_ARRAY", () -> Safetensors.open(file));
  }

  /** Nor is a pipe, whose opening would wait for ever. */
  @Test
  void aFolderIsNoFile() {
    Path folder = Path.of("").toAbsolutePath();
    assertEquals(
        folder + ": cannot be read: it is a folder, a pipe or a device",
        assertThrows(NndException.class, () -> Safetensors.open(folder)).getMessage());
    assertThrows(NndException.class, () -> Npz.read(folder));
  }

  private Path file(byte[] header, long claimed, int data) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + data).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(claimed).put(header);
    return Files.write(dir.resolve("bad.safetensors"), bytes.array());
  }
}
