/// One way to disturb a reproduction.
protocol Fault: Sendable {
  /// The name on the command line and in tables.
  var name: String { get }
  /// What it does, for the table of figures.
  var meaning: String { get }
  /// Its share of a long series of trials, in percent.
  var share: Int { get }
  /// Why it cannot be tried on this machine; nil when it can.
  func obstacle(in workplace: Workplace) -> String?
  /// Which cells a trial computes.
  func selection(_ chance: inout Chance) -> Selection
  /// Disturbs a trial.
  ///
  /// Afterwards the store must be such that the command, run once more, ends well; faults that struck are counted, and what
  /// was finished when they struck is noted.
  func strike(_ trial: Trial) throws
}

extension Fault {
  func obstacle(in workplace: Workplace) -> String? { nil }

  func selection(_ chance: inout Chance) -> Selection { chance.happens(0.25) ? .echo : .plain }
}

/// All kinds of faults.
enum FaultCatalog {
  /// In the order of tables.
  static let all: [any Fault] = [
    Kill(), WorkerKill(), Termination(), Interrupt(), FullDisk(), ReadOnlyStore(), BitFlip(),
    CutFile(), StrayFiles(), TwoLaunchers(), ClockJump(), PausedWorker(), MovedStore(),
    ForeignLease(),
  ]
}
