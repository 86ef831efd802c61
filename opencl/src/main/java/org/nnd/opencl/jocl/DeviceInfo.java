package org.nnd.opencl.jocl;

/**
 * What a device says of itself.
 *
 * @param index position in {@link Devices#list()}, valid as a selector
 * @param platform platform name, for instance {@code Portable Computing Language}
 * @param platformVersion the platform's version text
 * @param name device name; never parse it, drivers change it between versions
 * @param vendor device vendor
 * @param driverVersion driver version
 * @param type the kind of device
 * @param computeUnits cores of a CPU, multiprocessors of a GPU
 * @param globalMemory bytes
 * @param maxAllocation bytes of the largest single buffer
 * @param localMemory bytes of local memory of a work-group
 * @param cacheBytes bytes of the cache of global memory, 0 where the driver does not say
 * @param cacheLine bytes of a line of that cache
 * @param maxWorkGroup largest number of work-items in a work-group
 * @param addressAlignment bytes to which the origin of a sub-buffer must be aligned
 * @param preferredFloatWidth the driver's preferred vector width for {@code float}
 * @param nativeFloatWidth lanes of a native vector of {@code float}
 * @param clockMegahertz highest clock rate
 * @param fp64 whether {@code double} is supported
 * @param fp16 whether arithmetic on {@code half} is supported (storage always is)
 * @param unifiedMemory whether device and host share their memory, so that mapping copies nothing
 */
public record DeviceInfo(
    int index,
    String platform,
    String platformVersion,
    String name,
    String vendor,
    String driverVersion,
    Type type,
    int computeUnits,
    long globalMemory,
    long maxAllocation,
    long localMemory,
    long cacheBytes,
    int cacheLine,
    long maxWorkGroup,
    int addressAlignment,
    int preferredFloatWidth,
    int nativeFloatWidth,
    int clockMegahertz,
    boolean fp64,
    boolean fp16,
    boolean unifiedMemory) {

  /** The kinds of device OpenCL knows. */
  public enum Type {
    CPU,
    GPU,
    ACCELERATOR
  }

  /** One line for lists and error messages: index, name, type and platform. */
  public String line() {
    return index + ": " + name + " (" + type + ", " + platform + ")";
  }
}
