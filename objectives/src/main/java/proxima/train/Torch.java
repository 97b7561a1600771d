package proxima.train;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Objects;
import proxima.objective.EngineFault;
import proxima.space.OneLine;

/// The PyTorch engine, loaded at first use, on one thread per training.
public final class Torch {

  private Torch() {}

  /// Loads once: a class's initialisation is safe from any thread.
  private static final class Holder {
    static final Engine ENGINE = load();

    private static Engine load() {
      // More threads than one lose on small models and collapse where cores are shared.
      System.setProperty("ai.djl.pytorch.num_threads", "1");
      System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
      System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
      System.setProperty("ai.djl.offline", "true");
      return Engine.getEngine("PyTorch");
    }
  }

  /// A manager of native memory on a device; closing it frees all that it holds.
  /// @throws IllegalArgumentException if a GPU is asked for and there is none.
  public static NDManager manager(Device device) {
    return Holder.ENGINE.newBaseManager(resolve(device));
  }

  /// Whether trainings on this device run on a GPU.
  /// @throws IllegalArgumentException if a GPU is asked for and there is none.
  public static boolean usesGpu(Device device) {
    return resolve(device).isGpu();
  }

  private static ai.djl.Device resolve(Device device) {
    return switch (device.kind()) {
      case CPU -> ai.djl.Device.cpu();
      case AUTO -> hasGpu() ? ai.djl.Device.gpu() : ai.djl.Device.cpu();
      case GPU -> {
        if (!hasGpu()) {
          throw new IllegalArgumentException(
              "device: gpu was asked for, but "
                  + (hasCuda() ? "the CUDA driver shows no device" : "this build has CPU natives only; build with PROXIMA_PROFILES=gpu (or -Pgpu of Maven)")
                  + "; use device: auto or cpu");
        }
        int count = Holder.ENGINE.getGpuCount();
        if (device.number() >= count) {
          throw new IllegalArgumentException("device: gpu:" + device.number() + " was asked for, but the last one here is gpu:" + (count - 1));
        }
        yield ai.djl.Device.gpu(device.number());
      }
    };
  }

  private static boolean hasCuda() {
    return Holder.ENGINE.hasCapability("CUDA");
  }

  private static boolean hasGpu() {
    // The features say how the natives were built; only the count asks the driver, and it warns where there are no CUDA natives.
    return hasCuda() && Holder.ENGINE.getGpuCount() > 0;
  }

  /// Work on native memory, all of which is freed at its end.
  interface Work<T, E extends Exception> {
    T on(NDManager manager) throws E;
  }

  /// Does work on a device, with autograd off in this thread meanwhile.
  /// @throws EngineFault if the engine can not do it.
  static <T, E extends Exception> T with(Device device, Work<T, E> work) throws E {
    boolean before = enter();
    try (NDManager manager = manager(device)) {
      return work.on(manager);
    } catch (EngineException e) {
      throw new EngineFault("the engine failed: " + OneLine.of(String.valueOf(e.getMessage()).lines().findFirst().orElse("")), e);
    } finally {
      leave(before);
      NativeMemory.trim();
    }
  }

  /// Turns autograd off in this thread, where the engine starts with it on, and the script compiler's optimizer, which would compile
  /// anew in each thread. Returns whether autograd was on.
  static boolean enter() {
    Objects.requireNonNull(Holder.ENGINE);
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    JniUtils.setGraphExecutorOptimize(false);
    return before;
  }

  /// Restores what `enter` found.
  static void leave(boolean before) {
    JniUtils.setGradMode(before);
  }
}
