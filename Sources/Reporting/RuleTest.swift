/// What one rule's test found under one protocol, before any correction.
struct RuleTest {
  /// The deciding test, with its assumption.
  var test: String
  /// The settings, in order of the rule.
  var settings: [Evidence.Setting] = []
  /// How many settings support the claim by their means.
  var supporting = 0
  /// The p-value that the claim holds; nil when cells that it needs have no number.
  var holds: Double?
  /// The p-value that the opposite holds.
  var reversed: Double?
  /// The p-value that the claimed effect is absent.
  var absent: Double?
  /// Tests that do not decide, in words.
  var besides: [String] = []
  /// The differences that decide, the threshold, and the share of alpha left to them.
  var budget: (differences: PairedDifferences, threshold: Double, share: Double)?
  /// The ways in which more seeds could settle the claim, for a report whose seeds grow.
  var routes: [SettlingRoute] = []
  /// Rivals that the claim names and that have no numbers.
  var missingRivals: [String] = []
  /// How many seeds the shortest comparison lacks of the two that any test needs.
  var missingSeeds = 0
  /// Why a comparison that lacks seeds cannot be tested.
  var shortage = "a test needs at least two seeds that both rows have"
  /// The measured quantities, in order of the rule.
  var readings: [Evidence.Reading] = []
  /// The short identifiers of the runs that quantities rest on.
  var runs: [String] = []
  /// The cells that were used.
  var cells: [CellAddress] = []
  /// Why nothing could be tested; nil when something was.
  var blocked: Verdict?

  /// Takes down that rivals have no number in a column.
  mutating func noteMissing(_ rivals: [String], column: String, _ reader: CellReader) {
    for rival in rivals {
      let name = "\(reader.name(ofRow: rival)) at \(reader.name(ofColumn: column))"
      if !missingRivals.contains(name) { missingRivals.append(name) }
    }
  }
}
