import RunStore

/// The rule by which one number is taken from a run's epochs.
///
/// All rules read the same record, so that one training answers what each of them would report.
public enum SelectionRule: String, Codable, CaseIterable, Hashable, Sendable {
  /// The test accuracy after the last epoch.
  case lastEpoch = "last-epoch"
  /// The test accuracy after the epoch with the highest accuracy on the noisy validation labels;
  /// the earliest of equals.
  case bestOnNoisyValidation = "best-on-noisy-validation"
  /// The mean test accuracy of the last ten epochs, or of all when there are fewer.
  case meanOfLastTen = "mean-of-last-ten"
  /// The highest test accuracy of any epoch: an oracle, because test labels choose the epoch.
  case bestOnTest = "best-on-test"

  /// What a rule took from a run.
  public struct Selection: Codable, Hashable, Sendable {
    /// The test accuracy, a fraction in 0...1.
    public var value: Double
    /// The numbers of the epochs that it comes from.
    public var epochs: [Int]

    /// Creates a selection.
    public init(value: Double, epochs: [Int]) {
      self.value = value
      self.epochs = epochs
    }
  }

  /// The rule in a few words, without the oracle's mark.
  public var name: String {
    switch self {
    case .lastEpoch: return "last epoch"
    case .bestOnNoisyValidation: return "best on noisy validation"
    case .meanOfLastTen: return "mean of last ten"
    case .bestOnTest: return "best on test"
    }
  }

  /// The name, marked when test labels choose the epoch.
  public var markedName: String { usesTestLabels ? "\(name) †" : name }

  /// Whether test labels take part in the choice, so that the number is too good to be expected.
  public var usesTestLabels: Bool { self == .bestOnTest }

  /// What the rule does, in a sentence.
  public var explanation: String {
    switch self {
    case .lastEpoch: return "Test accuracy after the last epoch."
    case .bestOnNoisyValidation:
      return "Test accuracy after the epoch with the highest accuracy on noisy validation labels "
        + "(the earliest of equals); no clean label takes part in the choice."
    case .meanOfLastTen: return "Mean test accuracy of the last ten epochs."
    case .bestOnTest:
      return "Highest test accuracy of any epoch. † Test labels choose the epoch: an oracle that "
        + "no user has."
    }
  }

  /// Takes the number from a record, or nil when the record has no finite number to take.
  ///
  /// Epochs of stages that only prepare a method's model are no candidates.
  public func select(from record: RunRecord) -> Selection? {
    let epochs = record.epochs.filter { $0.isPreparation != true }
    guard let last = epochs.last else { return nil }
    let selection: Selection
    switch self {
    case .lastEpoch:
      selection = Selection(value: last.testAccuracy, epochs: [last.epoch])
    case .meanOfLastTen:
      let tail = epochs.suffix(10)
      let mean = tail.reduce(0) { $0 + $1.testAccuracy } / Double(tail.count)
      selection = Selection(value: mean, epochs: tail.map(\.epoch))
    case .bestOnNoisyValidation:
      guard let best = Self.earliestBest(epochs, by: \.validationAccuracy) else { return nil }
      selection = Selection(value: best.testAccuracy, epochs: [best.epoch])
    case .bestOnTest:
      guard let best = Self.earliestBest(epochs, by: \.testAccuracy) else { return nil }
      selection = Selection(value: best.testAccuracy, epochs: [best.epoch])
    }
    return selection.value.isFinite ? selection : nil
  }

  private static func earliestBest(
    _ epochs: [EpochRecord], by measure: (EpochRecord) -> Double
  ) -> EpochRecord? {
    var best: EpochRecord?
    for epoch in epochs where measure(epoch).isFinite {
      if let known = best, measure(known) >= measure(epoch) { continue }
      best = epoch
    }
    return best
  }
}
