/// What became of one trial.
struct TrialResult: Codable, Sendable {
  /// Its number, counted from 1.
  var number: Int
  /// The kind of fault.
  var fault: String
  /// The cells that it computed.
  var selection: Selection
  /// The faults that struck; one that came after the end counts as none.
  var faults = 0
  /// The results that were finished when faults struck.
  var finished = 0
  /// The most epochs that were measured and had to be trained again.
  var epochsLost = 0
  /// Finished results that are gone or different.
  var losses: [String] = []
  /// Whether a table differed from the undisturbed one.
  var hasDifferentTable = false
  /// What else was not as expected.
  var problem: String?
  /// What this machine could not do of it.
  var remarks: [String] = []
  /// Why it was not tried.
  var skipped: String?
  /// How long it took.
  var seconds = 0.0

  /// What is wrong, in one line; nil when all is as it should be.
  var failure: String? {
    var parts = losses.map { "lost: \($0)" }
    if let problem { parts.append(problem) }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
