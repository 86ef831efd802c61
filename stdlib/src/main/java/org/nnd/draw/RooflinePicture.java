package org.nnd.draw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.regex.Pattern;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Mode;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.model.Model;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.measure.PeakRates;
import org.nnd.opencl.runtime.Profile;

/**
 * How close the kernels of a network come to what the device can do (the roofline model, Williams
 * et al. 2009): each by its operations per byte and operations per second, under the roof of the
 * measured bandwidth and the measured rate of multiply-adds.
 */
public final class RooflinePicture {
  private static final int BATCH = 64;
  private static final int RUNS = 5;
  private static final int WIDTH = 620;
  private static final int HEIGHT = 340;
  private static final int LISTED = 40;
  private static final Map<Device, PeakRates> PEAKS = new WeakHashMap<>();

  /** Where a layer was declared, after its path. */
  private static final Pattern SITE = Pattern.compile(" ?\\([^()]*:\\d+\\)");

  private RooflinePicture() {}

  /** {@return the roofline of inference at batch size 64; the device is measured at first} */
  public static Picture roofline(Model model) {
    return roofline(model, BATCH);
  }

  /** {@return the roofline of inference for a batch size, on random inputs} */
  public static Picture roofline(Model model, int batch) {
    if (batch < 1) {
      throw new NndException("a batch has at least 1 example, not " + batch);
    }
    Map<String, Literal> inputs = new LinkedHashMap<>();
    for (InputSpec input : model.inputs()) {
      int[] shape = input.type().shape().at(batch);
      Literal noise = Initializer.normal(0, 1).sample(1, input.name(), shape);
      inputs.put(
          input.name(),
          input.dtype().isFloat()
              ? Literal.ofDoubles(input.dtype(), noise.toDoubles(), shape)
              : Literal.zeros(input.dtype(), shape));
    }
    Profile profile =
        model
            .executable(model.lowered(Mode.INFERENCE).graph())
            .profile(model.variables(), inputs, RUNS);
    return roofline(profile, peaks(model.device()));
  }

  private static synchronized PeakRates peaks(Device device) {
    return PEAKS.computeIfAbsent(device, PeakRates::measure);
  }

  /** {@return kernels that were timed, under the roof of the device's measured limits} */
  public static Picture roofline(Profile profile, PeakRates peaks) {
    double flops = peaks.fmaGflops();
    double bandwidth = peaks.bandwidth();
    List<Profile.Timing> timings = profile.slowestFirst();
    Chart chart = chart(profile, flops, bandwidth);
    Markup content = new Markup();
    content.element(
        "p",
        "%d kernels, %s ms at N = %d; the device does %s GFLOP/s and %s GB/s at most (measured)"
            .formatted(
                timings.size(),
                Shown.number(profile.milliseconds()),
                profile.batch(),
                Shown.number(flops),
                Shown.number(bandwidth)));
    content.add(chart.svg());
    content.element(
        "p",
        "a dot for each kernel, the larger the more time it takes; above the slope its data come from"
            + " caches, faster than from memory",
        "class",
        "m");
    content.add(
        Page.details(
            timings.size() <= 12,
            new Markup().text("the slowest kernels"),
            table(profile, timings, flops, bandwidth)));
    return Picture.of(profile + "\n" + peaks.toString().stripTrailing())
        .with(Picture.HTML, Page.of(content))
        .with(Picture.SVG, chart.alone());
  }

  static Picture of(Profile profile) {
    List<List<String>> rows = new ArrayList<>();
    for (Profile.Timing t : profile.slowestFirst()) {
      rows.add(cells(profile, t));
    }
    Markup table =
        Page.table(
            List.of("kernel", "from", "ms", "share", "GFLOP/s", "GB/s"),
            List.of(false, false, true, true, true, true),
            rows);
    String title =
        "%d kernels, %s ms at N = %d"
            .formatted(
                profile.timings().size(), Shown.number(profile.milliseconds()), profile.batch());
    return Picture.of(profile.toString()).with(Picture.HTML, Page.of(title, table));
  }

  private static Chart chart(Profile profile, double flops, double bandwidth) {
    List<Profile.Timing> computing =
        profile.slowestFirst().stream()
            .filter(t -> t.flops() > 0 && t.bytes() > 0 && t.nanos() > 0)
            .toList();
    double ridge = flops / bandwidth;
    double low = ridge / 30;
    double high = ridge * 8;
    for (Profile.Timing t : computing) {
      low = Math.min(low, intensity(t) / 1.5);
      high = Math.max(high, intensity(t) * 1.5);
    }
    double[] x = computing.stream().mapToDouble(RooflinePicture::intensity).toArray();
    double[] y = computing.stream().mapToDouble(Profile.Timing::gflops).toArray();
    List<String> notes = computing.stream().map(t -> note(t, flops, bandwidth)).toList();
    List<Curve> curves = new ArrayList<>();
    curves.add(
        Curve.line(
            "roof: bandwidth, then multiply-adds",
            new double[] {low, ridge, high},
            new double[] {low * bandwidth, flops, flops},
            Palette.SERIES.get(1)));
    List<Double> radii =
        computing.stream().map(t -> 3 + 12 * Math.sqrt(share(profile, t))).toList();
    curves.add(Curve.dots("kernels", x, y, Palette.SERIES.get(5), notes).sizes(radii));
    return new Chart("GFLOP/s", "floating-point operations per byte", curves)
        .logarithmic(true, true)
        .size(WIDTH, HEIGHT);
  }

  private static double intensity(Profile.Timing t) {
    return (double) t.flops() / Math.max(1, t.bytes());
  }

  /** The share of what the roof allows, by the limit that is nearer. */
  private static double attained(Profile.Timing t, double flops, double bandwidth) {
    return Math.max(t.gflops() / flops, t.gigabytesPerSecond() / bandwidth);
  }

  private static String note(Profile.Timing t, double flops, double bandwidth) {
    return "%s\n%s\n%s ms, %s GFLOP/s, %s GB/s, %s of the roof"
        .formatted(
            t.kernel(),
            from(t),
            Shown.number(t.milliseconds()),
            Shown.number(t.gflops()),
            Shown.number(t.gigabytesPerSecond()),
            Shown.percent(attained(t, flops, bandwidth)));
  }

  private static String from(Profile.Timing t) {
    return t.comment().stream()
        .filter(line -> line.startsWith("from "))
        .map(line -> SITE.matcher(line.substring(5)).replaceAll(""))
        .findFirst()
        .map(line -> Shown.shortened(line, 60))
        .orElse("");
  }

  private static double share(Profile profile, Profile.Timing t) {
    double total = profile.milliseconds();
    return total == 0 ? 0 : t.milliseconds() / total;
  }

  private static List<String> cells(Profile profile, Profile.Timing t) {
    return List.of(
        t.kernel(),
        from(t),
        Shown.number(t.milliseconds()),
        Shown.percent(share(profile, t)),
        Shown.number(t.gflops()),
        Shown.number(t.gigabytesPerSecond()));
  }

  private static Markup table(
      Profile profile, List<Profile.Timing> timings, double flops, double bandwidth) {
    List<List<String>> rows = new ArrayList<>();
    for (Profile.Timing t : timings.subList(0, Math.min(LISTED, timings.size()))) {
      boolean memory = t.gigabytesPerSecond() / bandwidth > t.gflops() / flops;
      List<String> row = new ArrayList<>(cells(profile, t));
      row.add("%.0f %%".formatted(100 * attained(t, flops, bandwidth)));
      row.add(memory ? "memory" : "arithmetic");
      rows.add(row);
    }
    return Page.table(
        List.of("kernel", "from", "ms", "share", "GFLOP/s", "GB/s", "of the roof", "nearer limit"),
        List.of(false, false, true, true, true, true, true, false),
        rows);
  }
}
