import Foundation
import Generative
import TestSupport
import Testing

@Suite struct DiffusionScheduleTests {
  private let times = (0...1000).map { Double($0) / 1000 }

  @Test func varianceIsPreserved() {
    for time in times {
      let (signal, noise) = (
        DiffusionSchedule.signal(at: time), DiffusionSchedule.noise(at: time)
      )
      expectClose(signal * signal + noise * noise, 1, relative: 1e-14)
      #expect(signal > 0 && noise > 0)
    }
  }

  @Test func signalFallsAndNoiseRises() {
    for (earlier, later) in zip(times, times.dropFirst()) where later < 0.999 {
      #expect(DiffusionSchedule.signal(at: later) < DiffusionSchedule.signal(at: earlier))
      #expect(DiffusionSchedule.noise(at: later) > DiffusionSchedule.noise(at: earlier))
    }
  }

  @Test func endsAndMiddle() {
    // cos² of half a turn shifted by 0.008, as in Nichol and Dhariwal's f(t).
    expectClose(DiffusionSchedule.signal(at: 0), cos(0.008 / 1.008 * .pi / 2))
    expectClose(DiffusionSchedule.signal(at: 0.5), cos(0.508 / 1.008 * .pi / 2))
    #expect(DiffusionSchedule.signal(at: 1) == 1e-3)
    #expect(DiffusionSchedule.noise(at: 0) < 0.0125)
  }
}
