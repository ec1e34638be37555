import Foundation

/// The energy counters of the processor (RAPL), as Linux offers them; often only to root, and not to virtual machines.
public struct EnergyMeter: Sendable {
  /// The folder of the counters.
  let folder: URL

  /// Creates a meter.
  public init(folder: URL = URL(fileURLWithPath: "/sys/class/powercap", isDirectory: true)) {
    self.folder = folder
  }

  /// The joules that all processor packages have used since some time; nil where no counter can be read.
  func joules() -> Double? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    // A package is `intel-rapl:0`, also of AMD; its parts, such as `intel-rapl:0:0`, are in it.
    let packages = names.filter {
      $0.hasPrefix("intel-rapl:") && $0.count { $0 == ":" } == 1
    }
    let counts = packages.compactMap { name -> Double? in
      let file = folder.appendingPathComponent(name).appendingPathComponent("energy_uj")
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
      return Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    guard !packages.isEmpty, counts.count == packages.count else { return nil }
    return counts.reduce(0, +) / 1e6
  }

  /// The watts of a core at work with its share of what the idle processor draws; nil where no counter tells.
  ///
  /// It measures half a second at rest and half a second of one busy core; what others do meanwhile is in both.
  func wattsOfBusyCore() -> Double? {
    guard joules() != nil else { return nil }
    let rest = watts { Thread.sleep(forTimeInterval: Self.seconds) }
    let busy = watts {
      let end = ContinuousClock.now + .seconds(Self.seconds)
      var sum = 1.0
      while ContinuousClock.now < end {
        for step in 0..<10_000 { sum = sum.addingProduct(1e-9, Double(step)) }
      }
      // The sum is used, so that it is computed.
      if sum.isNaN { Thread.sleep(forTimeInterval: 0) }
    }
    guard let rest, let busy else { return nil }
    return Self.wattsOfBusyCore(
      rest: rest, busy: busy, cores: ProcessInfo.processInfo.activeProcessorCount)
  }

  private static let seconds = 0.5

  private func watts(during work: () -> Void) -> Double? {
    let start = ContinuousClock.now
    guard let before = joules() else { return nil }
    work()
    guard let after = joules() else { return nil }
    return (after - before) / ((ContinuousClock.now - start) / .seconds(1))
  }

  /// What one busy core adds, and its share of the rest; nil when a counter ran over or stood still.
  static func wattsOfBusyCore(rest: Double, busy: Double, cores: Int) -> Double? {
    guard rest > 0, busy > rest, cores > 0 else { return nil }
    return busy - rest + rest / Double(cores)
  }
}
