package org.nnd.opencl.jocl;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
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
  static final Cleaner CLEANER = Cleaner.create();

  private final DeviceInfo info;
  private final cl_device_id id;
  private final cl_context context;
  private final cl_command_queue queue;
  private final MemoryAccount memory;
  private final Builds builds;
  private final Object submission = new Object();
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
   *
   * @return programs in the order of the sources, each to be closed on its own
   * @throws NndException if one does not compile, see {@link #build(Source)}
   */
  public List<Program> buildAll(List<Source> sources) {
    return builds.build(sources);
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
      CL.clFinish(queue);
      CL.clReleaseCommandQueue(queue);
      if (profilingQueue != null) {
        CL.clReleaseCommandQueue(profilingQueue);
      }
      CL.clReleaseContext(context);
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
      return action.get();
    }
  }

  /**
   * Runs something that waits for the queue, without holding the lock; the driver keeps the buffers
   * until it returns, even if they are closed meanwhile.
   */
  <T> T blocking(Function<cl_command_queue, T> action, Buffer... used) {
    var held = new ArrayList<cl_mem>();
    cl_command_queue heldQueue =
        submit(
            () -> {
              for (Buffer buffer : used) {
                held.add(buffer.open());
              }
              held.forEach(CL::clRetainMemObject);
              CL.clRetainCommandQueue(queue);
              return queue;
            });
    try {
      return action.apply(heldQueue);
    } finally {
      held.forEach(CL::clReleaseMemObject);
      CL.clReleaseCommandQueue(heldQueue);
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
