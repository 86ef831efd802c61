package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static double at(Schedule schedule, long step, long steps) {
    return schedule.factor(new Schedule.Position(step, steps, 10));
  }

  @Test
  void constantAndSteps() {
    assertEquals(1, at(Schedule.constant(), 57, 100));
    Schedule step = Schedule.step(2, 0.1);
    assertEquals(1, at(step, 19, 100));
    assertEquals(0.1, at(step, 20, 100), 1e-15);
    assertEquals(0.01, at(step, 59, 100), 1e-15);
  }

  @Test
  void cosineFallsFromOneToItsEnd() {
    assertEquals(1, at(Schedule.cosine(), 0, 100));
    assertEquals((1 + Math.sqrt(0.5)) / 2, at(Schedule.cosine(), 25, 100), 1e-15);
    assertEquals(0.5, at(Schedule.cosine(), 50, 100), 1e-15);
    assertEquals(0, at(Schedule.cosine(), 100, 100), 1e-15);
    assertEquals(0.55, at(Schedule.cosine().to(0.1), 50, 100), 1e-15);
    for (int i = 0; i < 100; i++) {
      assertTrue(at(Schedule.cosine(), i, 100) > at(Schedule.cosine(), i + 1, 100));
    }
  }

  /** torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=10), computed by its formula. */
  @Test
  void oneCycleIsPyTorchs() {
    Schedule schedule = Schedule.oneCycle();
    double[] expected = {
      0.04, 0.52, 1.0, 0.9504846, 0.8117457, 0.6112620, 0.3887420, 0.1882583, 0.0495194, 0.000004
    };
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], at(schedule, i, 10), 1e-6, "step " + i);
    }
  }

  @Test
  void warmUpRisesAndHandsOn() {
    Schedule schedule = Schedule.warmUp(4, Schedule.cosine());
    assertEquals(0.25, at(schedule, 0, 104));
    assertEquals(1, at(schedule, 3, 104));
    assertEquals(1, at(schedule, 4, 104));
    assertEquals(0.5, at(schedule, 54, 104), 1e-15);
  }

  @Test
  void wrongOptionsAreRefused() {
    assertRefused("step: expected at least 1 epoch, got 0", () -> Schedule.step(0, 0.1));
    assertRefused("the rise must lie between 0 and 1", () -> Schedule.oneCycle().rise(1));
    assertRefused("negative number of steps", () -> Schedule.warmUp(-1, Schedule.cosine()));
  }
}
