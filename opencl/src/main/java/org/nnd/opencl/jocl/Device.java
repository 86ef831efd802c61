package org.nnd.opencl.jocl;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_mem;
import org.nnd.ir.NndException;

/**
 * An open device: one context and one in-order queue. All methods may be called from any thread;
 * submission to the queue happens under one lock, which nobody holds while waiting.
 */
public final class Device implements AutoCloseable {
  private final DeviceInfo info;
  private final cl_device_id id;
  private final cl_context context;
  private final cl_command_queue queue;
  private final MemoryAccount memory;
  private final Builds builds;
  private final Precompiler precompiler;
  private final AtomicInteger programsBuilt = new AtomicInteger();
  private final Object submission = new Object();
  private final Suspect suspect = new Suspect();
  private cl_command_queue profilingQueue;
  private boolean closed;

  private Device(
      DeviceInfo info,
      cl_device_id id,
      cl_context context,
      cl_command_queue queue,
      BuildPolicy policy,
      ProgramCache cache) {
    this.info = info;
    this.id = id;
    this.context = context;
    this.queue = queue;
    this.memory = new MemoryAccount(info);
    this.builds = new Builds(this, policy, cache);
    this.precompiler = new Precompiler(key(), policy, cache);
  }

  static Device open(DeviceQueries.Found found) {
    return open(found, BuildPolicy.of(found.info()), ProgramCache.user());
  }

  static Device open(DeviceQueries.Found found, BuildPolicy policy, ProgramCache cache) {
    var properties = new cl_context_properties();
    properties.addProperty(CL.CL_CONTEXT_PLATFORM, found.platform());
    try {
      cl_context context =
          CL.clCreateContext(properties, 1, new cl_device_id[] {found.device()}, null, null, null);
      cl_command_queue queue = createQueue(context, found.device(), 0);
      return new Device(found.info(), found.device(), context, queue, policy, cache);
    } catch (CLException e) {
      throw new NndException(
          "the device " + found.info().line() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** The first device with that {@link #key()}. */
  static Device withKey(String key) {
    return DeviceQueries.all().stream()
        .filter(found -> key(found.info()).equals(key))
        .findFirst()
        .map(Device::open)
        .orElseThrow(() -> new NndException("there is no device " + key));
  }

  // Deprecated since OpenCL 2.0, but the only call that an OpenCL 1.2 platform has.
  @SuppressWarnings("deprecation")
  private static cl_command_queue createQueue(
      cl_context context, cl_device_id device, long properties) {
    return CL.clCreateCommandQueue(context, device, properties, null);
  }

  public DeviceInfo info() {
    return info;
  }

  /**
   * Identifies device and driver in the keys of caches: platform and its version, device, driver,
   * compute units.
   */
  public String key() {
    return key(info);
  }

  private static String key(DeviceInfo info) {
    return String.join(
        "|",
        info.platform(),
        info.platformVersion(),
        info.name(),
        info.driverVersion(),
        info.computeUnits() + " compute units");
  }

  /**
   * A new buffer; its content is undefined.
   *
   * @param bytes size, 0 included
   * @throws NndException if the device has no room for it
   */
  public Buffer allocate(long bytes) {
    return Buffer.allocate(this, bytes);
  }

  /** Compiles one program, or takes it from the cache of binaries. */
  public Program build(String name, String source, String options) {
    return build(new Source(name, source, options));
  }

  /**
   * Compiles one program, or takes it from the cache of binaries.
   *
   * @throws NndException if it does not compile: the driver's first errors, and where the source
   *     was saved
   */
  public Program build(Source source) {
    return buildAll(List.of(source)).get(0);
  }

  /**
   * Compiles many sources, each distinct one once, in the way that is fastest with this driver:
   * several threads, or several sources joined to one program. For the latter, sources must not get
   * into each other's way: kernels and functions have names of their own (or the same thing stands
   * under an include guard), and no macro or pragma changes the meaning of another source's text.
   * What users wrote need not care: it is compiled alone.
   *
   * @return programs in the order of the sources, each to be closed on its own
   * @throws NndException if one does not compile, see {@link #build(Source)}
   */
  public List<Program> buildAll(List<Source> sources) {
    return builds.build(sources);
  }

  /**
   * Compiles ahead what the driver would otherwise compile when it first meets these launches, on
   * all cores of the machine. Nothing runs on this device and no buffer changes. Does nothing where
   * the driver compiles everything in {@link #build}, where it has been done before, or where it
   * cannot be done.
   */
  public void prepare(List<Launch> launches) {
    precompiler.prepare(launches);
  }

  /** Waits until everything submitted has been done. */
  public void finish() {
    blocking(
        q -> {
          CL.clFinish(q);
          return null;
        });
  }

  /** Hands everything submitted to the device without waiting. */
  public void flush() {
    submit(
        () -> {
          CL.clFlush(queue);
          return null;
        });
  }

  /** How many programs the driver has been given to build, from source or from a binary. */
  public int programsBuilt() {
    return programsBuilt.get();
  }

  /** Runs a build of a program, in the way that the driver's compiler can bear. */
  void build(Runnable action) {
    programsBuilt.incrementAndGet();
    BuildLock.run(info, action);
  }

  /** Bytes in buffers that have not been freed. */
  public long allocatedBytes() {
    return memory.bytes();
  }

  /** Number of buffers that have not been freed. */
  public int liveBuffers() {
    return memory.buffers();
  }

  /** Waits for what is pending and returns the device; buffers may still be closed afterwards. */
  @Override
  public void close() {
    synchronized (submission) {
      if (closed) {
        return;
      }
      closed = true;
      try {
        CL.clFinish(queue);
      } catch (CLException e) {
        throw driverFailed(e);
      } finally {
        CL.clReleaseCommandQueue(queue);
        if (profilingQueue != null) {
          CL.clReleaseCommandQueue(profilingQueue);
        }
        CL.clReleaseContext(context);
      }
    }
  }

  cl_device_id id() {
    return id;
  }

  MemoryAccount memory() {
    return memory;
  }

  /** Runs something short that talks to the driver, while nothing can be closed. */
  <T> T submit(Supplier<T> action) {
    synchronized (submission) {
      checkOpen();
      try {
        return action.get();
      } catch (CLException e) {
        throw driverFailed(e);
      }
    }
  }

  /** What may not end. */
  Suspect suspect() {
    return suspect;
  }

  /** Runs something that waits for the queue, without holding the lock. */
  <T> T blocking(Function<cl_command_queue, T> action) {
    cl_command_queue held =
        submit(
            () -> {
              CL.clRetainCommandQueue(queue);
              return queue;
            });
    try {
      suspect.await(this, held);
      return action.apply(held);
    } catch (CLException e) {
      throw driverFailed(e);
    } finally {
      CL.clReleaseCommandQueue(held);
    }
  }

  /** Like {@link #blocking}; the buffer's memory stays, even if it is closed meanwhile. */
  void transfer(Buffer buffer, BiConsumer<cl_command_queue, cl_mem> action) {
    cl_mem held =
        submit(
            () -> {
              cl_mem memory = buffer.open();
              CL.clRetainMemObject(memory);
              return memory;
            });
    try {
      blocking(
          q -> {
            Faults.strike(Faults.Operation.TRANSFER);
            action.accept(q, held);
            return null;
          });
    } finally {
      CL.clReleaseMemObject(held);
    }
  }

  /** Runs while nothing is submitted, whether the device is still open or not. */
  void exclusively(Runnable action) {
    synchronized (submission) {
      action.run();
    }
  }

  /** Runs something long on the context, such as a build, without holding the lock. */
  <T> T withContext(Function<cl_context, T> action) {
    cl_context held =
        submit(
            () -> {
              CL.clRetainContext(context);
              return context;
            });
    try {
      return action.apply(held);
    } finally {
      CL.clReleaseContext(held);
    }
  }

  /** To be called inside {@link #submit}. */
  cl_command_queue queue() {
    return queue;
  }

  /** To be called inside {@link #submit}. A queue that measures, made at the first use. */
  cl_command_queue profilingQueue() {
    if (profilingQueue == null) {
      profilingQueue = createQueue(context, id, CL.CL_QUEUE_PROFILING_ENABLE);
    }
    return profilingQueue;
  }

  /**
   * For what only shows when the device gets to it: launches before it are done by then, or not.
   */
  private NndException driverFailed(CLException e) {
    return new NndException(
        "the OpenCL driver of "
            + info.name()
            + " reported "
            + e.getMessage()
            + " while data was copied or waited for; a kernel launched before may have run out of"
            + " memory or time. Try a smaller batch or another device.",
        e);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the device " + info.name() + " has been closed");
    }
  }

  @Override
  public String toString() {
    return info.line();
  }
}
