/// One number that a paper prints.
public struct PublishedValue: Codable, Hashable, Sendable {
  /// The number of the paper's table.
  public var table: String
  /// The data set, as the paper names it.
  public var dataset: String
  /// The noise setting or other condition, such as `symmetric-50`.
  public var condition: String
  /// The method, as the paper names it.
  public var method: String
  /// What was measured, with its unit, such as `test_accuracy_percent`.
  public var metric: String
  /// The number in the unit of the metric, as printed.
  public var printed: Double
  /// The printed spread in the unit of the metric; nil when the paper prints none.
  public var printedSpread: Double?
  /// The number in the suite's own unit: a fraction for a metric in percent, else as printed.
  public var value: Double
  /// The spread in the suite's own unit.
  public var spread: Double?

  /// Whether the metric is in percent, so that `value` is a hundredth of `printed`.
  public var isPercent: Bool { metric.hasSuffix("_percent") }
}
