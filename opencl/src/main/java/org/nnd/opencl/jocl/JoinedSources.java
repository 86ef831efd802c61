package org.nnd.opencl.jocl;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sources compiled as one program. They have the same options; each is self-contained, with names
 * of its own for everything at top level (or the same thing under an include guard).
 *
 * @param sources at least one
 */
record JoinedSources(List<Source> sources) {
  JoinedSources {
    sources = List.copyOf(sources);
  }

  /** The whole as one source. */
  Source whole() {
    if (sources.size() == 1) {
      return sources.get(0);
    }
    var text = new StringBuilder();
    for (Source source : sources) {
      text.append("// program ").append(source.name()).append('\n');
      text.append(source.text()).append('\n');
    }
    String name = sources.get(0).name() + " and " + (sources.size() - 1) + " more";
    return new Source(name, text.toString(), sources.get(0).options());
  }

  byte[] encode() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(sources.size());
      for (Source source : sources) {
        for (String field : List.of(source.name(), source.text(), source.options())) {
          byte[] text = field.getBytes(StandardCharsets.UTF_8);
          out.writeInt(text.length);
          out.write(text);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // memory does not fail so
    }
    return bytes.toByteArray();
  }

  static Optional<JoinedSources> decode(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = in.readInt();
      var sources = new ArrayList<Source>();
      for (int i = 0; i < count; i++) {
        sources.add(new Source(text(in), text(in), text(in)));
      }
      return sources.isEmpty() ? Optional.empty() : Optional.of(new JoinedSources(sources));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String text(DataInputStream in) throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
