import Statistics

/// A number that a report measures besides accuracies: a distance, a count, a time, a score.
public struct Quantity: Codable, Hashable, Sendable {
  /// The identifier, such as `ks-log10-p/instance-30`.
  public var id: String
  /// The name that readers see.
  public var name: String
  /// The unit, such as `images`; empty for a plain number.
  public var unit: String
  /// The numbers, one a seed, all finite; empty while nothing is measured.
  public var values: [Double]
  /// The seeds, in the order of the values; an exact quantity may have none.
  public var seeds: [Int]
  /// Whether it is a count or a constant that has no spread over seeds.
  public var isExact: Bool
  /// The short identifiers of the runs that it rests on.
  public var runs: [String]
  /// The number that the paper prints for it, in the same unit; nil for none.
  public var publishedValue: Double?

  /// Creates a quantity.
  ///
  /// - Parameters:
  ///   - id: The identifier; unlike any other of the report.
  ///   - name: The name that readers see.
  ///   - unit: The unit; empty for a plain number.
  ///   - values: One finite number a seed; the numbers of an exact quantity are equal.
  ///   - seeds: The seeds in the order of the values, each once; an exact quantity may have none.
  ///   - isExact: Whether it has no spread over seeds.
  ///   - runs: The short identifiers of the runs that it rests on.
  ///   - publishedValue: The number that the paper prints; nil for none.
  public init(
    id: String, name: String, unit: String = "", values: [Double], seeds: [Int],
    isExact: Bool = false, runs: [String] = [], publishedValue: Double? = nil
  ) {
    precondition(values.allSatisfy(\.isFinite), "\(id): \(values) are not all finite")
    precondition(Set(seeds).count == seeds.count, "\(id): a seed occurs twice in \(seeds)")
    precondition(
      values.count == seeds.count || (isExact && seeds.isEmpty && values.count <= 1),
      "\(id): \(values.count) values for \(seeds.count) seeds")
    precondition(
      !isExact || Set(values).count <= 1, "\(id): an exact quantity has the values \(values)")
    self.id = id
    self.name = name
    self.unit = unit
    self.values = values
    self.seeds = seeds
    self.isExact = isExact
    self.runs = runs
    self.publishedValue = publishedValue
  }

  /// Creates a count or a constant, which has no spread over seeds.
  public init(
    exact value: Double, id: String, name: String, unit: String = "", runs: [String] = [],
    publishedValue: Double? = nil
  ) {
    self.init(
      id: id, name: name, unit: unit, values: [value], seeds: [], isExact: true, runs: runs,
      publishedValue: publishedValue)
  }

  /// Mean, standard deviation (divisor n - 1) and n; nil without a value.
  public var summary: Summary? { Summary(values) }

  /// The 95 % t interval of the mean over seeds; nil with fewer than two, or for an exact quantity.
  public var interval: ClosedRange<Double>? {
    isExact ? nil : summary?.tInterval(confidence: 0.95)
  }

  /// The values by seed; of equal seeds the first.
  var bySeed: [Int: Double] {
    Dictionary(zip(seeds, values).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
  }
}
