package org.nnd.tests.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Damages a message in ways that leave it a message: a field takes a value it should not have, or
 * that of another one of its kind; elements are left out, repeated, or change places.
 */
record Damage(Random random) {
  private static final long[] SIZES = {
    0,
    -1,
    1,
    2,
    7,
    64,
    65536,
    100_000_000,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 31,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final float[] REALS = {0, -1, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, 1e-30f};

  /** A value in a message, or one element of it. */
  private record Place(Message.Builder owner, FieldDescriptor field, int index) {
    Object get() {
      return field.isRepeated() ? owner.getRepeatedField(field, index) : owner.getField(field);
    }

    void set(Object value) {
      if (field.isRepeated()) {
        owner.setRepeatedField(field, index, value);
      } else {
        owner.setField(field, value);
      }
    }
  }

  /** Every kind of field is as likely as any other, however often it occurs. */
  void damage(Message.Builder message) {
    Map<String, List<Place>> kinds = new TreeMap<>();
    collect(message, kinds);
    List<Place> kind = any(List.copyOf(kinds.values()));
    Place place = any(kind);
    if (place.field.isRepeated() && random.nextInt(3) == 0) {
      rearrange(place);
    } else {
      place.set(wrong(place, kind));
    }
  }

  private static void collect(Message.Builder message, Map<String, List<Place>> kinds) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      int count =
          field.isRepeated()
              ? message.getRepeatedFieldCount(field)
              : message.hasField(field) ? 1 : 0;
      for (int i = 0; i < count; i++) {
        kinds
            .computeIfAbsent(field.getFullName(), name -> new ArrayList<>())
            .add(new Place(message, field, i));
        if (field.getJavaType() == JavaType.MESSAGE) {
          collect(
              field.isRepeated()
                  ? message.getRepeatedFieldBuilder(field, i)
                  : message.getFieldBuilder(field),
              kinds);
        }
      }
    }
  }

  private void rearrange(Place place) {
    List<Object> elements = new ArrayList<>((List<?>) place.owner.getField(place.field));
    Object element = elements.remove(place.index);
    switch (random.nextInt(3)) {
      case 0 -> {}
      case 1 -> elements.addAll(List.of(element, element));
      default -> elements.add(random.nextInt(elements.size() + 1), element);
    }
    place.owner.setField(place.field, elements);
  }

  private Object wrong(Place place, List<Place> kind) {
    return switch (place.field.getJavaType()) {
      case INT -> random.nextBoolean() ? random.nextInt(24) : (int) size();
      case LONG -> size();
      case FLOAT -> REALS[random.nextInt(REALS.length)];
      case DOUBLE -> (double) REALS[random.nextInt(REALS.length)];
      case BOOLEAN -> random.nextBoolean();
      case ENUM -> any(place.field.getEnumType().getValues());
      case STRING, MESSAGE ->
          random.nextInt(4) == 0 && place.field.getJavaType() == JavaType.STRING
              ? any(List.of("", "nowhere", "x".repeat(10_000)))
              : any(kind).get();
      case BYTE_STRING -> bytes(((ByteString) place.get()).toByteArray());
    };
  }

  private ByteString bytes(byte[] bytes) {
    byte[] wrong = bytes.clone();
    if (random.nextInt(3) == 0) {
      wrong = Arrays.copyOf(bytes, random.nextInt(bytes.length + 9));
    } else if (bytes.length >= 8) {
      int at = 8 * random.nextInt(bytes.length / 8);
      ByteBuffer.wrap(wrong).order(ByteOrder.LITTLE_ENDIAN).putLong(at, size());
    } else if (bytes.length > 0) {
      wrong[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return ByteString.copyFrom(wrong);
  }

  private long size() {
    return SIZES[random.nextInt(SIZES.length)];
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
