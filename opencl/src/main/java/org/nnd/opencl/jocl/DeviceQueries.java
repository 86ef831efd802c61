package org.nnd.opencl.jocl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** Reads platforms and devices through {@code clGet*Info}. */
final class DeviceQueries {
  /** A device with the handles that open it. */
  record Found(cl_platform_id platform, cl_device_id device, DeviceInfo info) {}

  private static final int PLATFORM_NOT_FOUND_KHR = -1001;

  private DeviceQueries() {}

  /** Every device of every platform, in the order of the loader. */
  static List<Found> all() {
    NativeLibrary.load();
    var found = new ArrayList<Found>();
    for (cl_platform_id platform : platforms()) {
      for (cl_device_id device : devices(platform)) {
        found.add(new Found(platform, device, describe(found.size(), platform, device)));
      }
    }
    return List.copyOf(found);
  }

  private static cl_platform_id[] platforms() {
    int[] count = new int[1];
    try {
      CL.clGetPlatformIDs(0, null, count);
    } catch (CLException e) {
      if (e.getStatus() == PLATFORM_NOT_FOUND_KHR) {
        return new cl_platform_id[0];
      }
      throw e;
    }
    var platforms = new cl_platform_id[count[0]];
    if (platforms.length > 0) {
      CL.clGetPlatformIDs(platforms.length, platforms, null);
    }
    return platforms;
  }

  private static cl_device_id[] devices(cl_platform_id platform) {
    int[] count = new int[1];
    try {
      CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
    } catch (CLException e) {
      if (e.getStatus() == CL.CL_DEVICE_NOT_FOUND) {
        return new cl_device_id[0];
      }
      throw e;
    }
    var devices = new cl_device_id[count[0]];
    CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, devices.length, devices, null);
    return devices;
  }

  // CL_DEVICE_HOST_UNIFIED_MEMORY is deprecated since OpenCL 2.0, still answered, and not replaced.
  @SuppressWarnings("deprecation")
  private static DeviceInfo describe(int index, cl_platform_id platform, cl_device_id device) {
    List<String> extensions =
        Arrays.asList(text(device, CL.CL_DEVICE_EXTENSIONS).trim().split("\\s+"));
    return new DeviceInfo(
        index,
        text(platform, CL.CL_PLATFORM_NAME),
        text(platform, CL.CL_PLATFORM_VERSION),
        text(device, CL.CL_DEVICE_NAME),
        text(device, CL.CL_DEVICE_VENDOR),
        text(device, CL.CL_DRIVER_VERSION),
        type(number(device, CL.CL_DEVICE_TYPE, Sizeof.cl_ulong)),
        (int) number(device, CL.CL_DEVICE_MAX_COMPUTE_UNITS, Sizeof.cl_uint),
        number(device, CL.CL_DEVICE_GLOBAL_MEM_SIZE, Sizeof.cl_ulong),
        number(device, CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE, Sizeof.cl_ulong),
        number(device, CL.CL_DEVICE_LOCAL_MEM_SIZE, Sizeof.cl_ulong),
        number(device, CL.CL_DEVICE_GLOBAL_MEM_CACHE_SIZE, Sizeof.cl_ulong),
        (int) number(device, CL.CL_DEVICE_GLOBAL_MEM_CACHELINE_SIZE, Sizeof.cl_uint),
        number(device, CL.CL_DEVICE_MAX_WORK_GROUP_SIZE, Sizeof.size_t),
        (int) number(device, CL.CL_DEVICE_MEM_BASE_ADDR_ALIGN, Sizeof.cl_uint) / 8,
        (int) number(device, CL.CL_DEVICE_PREFERRED_VECTOR_WIDTH_FLOAT, Sizeof.cl_uint),
        (int) number(device, CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT, Sizeof.cl_uint),
        (int) number(device, CL.CL_DEVICE_MAX_CLOCK_FREQUENCY, Sizeof.cl_uint),
        extensions.contains("cl_khr_fp64"),
        extensions.contains("cl_khr_fp16"),
        number(device, CL.CL_DEVICE_HOST_UNIFIED_MEMORY, Sizeof.cl_uint) != 0);
  }

  private static DeviceInfo.Type type(long bits) {
    if ((bits & CL.CL_DEVICE_TYPE_GPU) != 0) {
      return DeviceInfo.Type.GPU;
    }
    return (bits & CL.CL_DEVICE_TYPE_CPU) != 0 ? DeviceInfo.Type.CPU : DeviceInfo.Type.ACCELERATOR;
  }

  private static String text(cl_platform_id platform, int key) {
    long[] size = new long[1];
    CL.clGetPlatformInfo(platform, key, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    CL.clGetPlatformInfo(platform, key, bytes.length, Pointer.to(bytes), null);
    return string(bytes);
  }

  private static String text(cl_device_id device, int key) {
    long[] size = new long[1];
    CL.clGetDeviceInfo(device, key, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    CL.clGetDeviceInfo(device, key, bytes.length, Pointer.to(bytes), null);
    return string(bytes);
  }

  /** The text up to the terminating zero. */
  static String string(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8).trim();
  }

  private static long number(cl_device_id device, int key, int bytes) {
    // Zeroed and little-endian on every platform JOCL has a library for: a short value fits a long.
    long[] value = new long[1];
    CL.clGetDeviceInfo(device, key, bytes, Pointer.to(value), null);
    return value[0];
  }
}
