/// How fast known machines train, to tell a slow machine from a normal one.
///
/// Each entry is the mean of three measurements of ``DoctorTraining`` on the machine itself, taken when nothing else was
/// on the core; add one with the number that `plumbline doctor --json` gives.
enum SpeedTable {
  /// A machine that was measured.
  struct Machine {
    /// What it is called in the report.
    let name: String
    /// The processor's name as the system writes it; a virtual machine may write less than there is.
    let processor: String
    /// The libtorch that it was measured with.
    let libtorch: String
    /// Images a second that one thread on one core trains on.
    let imagesPerSecond: Double
  }

  /// How a rate compares with a known machine's.
  struct Comparison {
    /// The machine.
    let machine: Machine
    /// Whether it has the same processor.
    let isSameProcessor: Bool
    /// The rate divided by the machine's.
    let ratio: Double

    /// Whether the rate is too low: below 0.7 of the same processor's, below 0.4 of another's.
    var isSlow: Bool { ratio < (isSameProcessor ? 0.7 : 0.4) }
  }

  /// All entries; the first stands for processors that are not listed.
  static let machines = [
    Machine(
      name: "2.45 GHz Zen 3 EPYC", processor: "AMD EPYC", libtorch: "1.13.0",
      imagesPerSecond: 16_900)
  ]

  /// Compares a rate with that of the machine of the same processor, or with the first one.
  static func comparison(_ imagesPerSecond: Double, processor: String) -> Comparison? {
    let same = machines.first { processor == $0.processor }
    guard let machine = same ?? machines.first else { return nil }
    return Comparison(
      machine: machine, isSameProcessor: same != nil,
      ratio: imagesPerSecond / machine.imagesPerSecond)
  }
}
