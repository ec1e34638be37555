import Statistics

/// One quantity against its bound, or against another quantity seed by seed.
///
/// Every relation is turned into margins that must be positive: v - b above a bound b, b - v below
/// it, both for an interval, and u - w - m where u exceeds w by m. One-sided t tests over seeds judge
/// the margins; an interval holds by two of them. A number without spread over seeds is decided by
/// its value.
struct QuantityComparison {
  /// What is compared: the quantity's name, or `A minus B`.
  let name: String
  /// The unit; empty for a plain number.
  let unit: String
  /// The bound in words, such as `above 0.5`.
  let bound: String
  /// The compared numbers, one a seed; one alone when exact.
  let values: [Double]
  /// Whether the value alone decides.
  let isExact: Bool
  /// What must be positive, one for each side that has a bound.
  let margins: [PairedDifferences]
  /// The margin below which the compared number has the other sign than the bound asks for; nil where the
  /// bound leaves the sign open.
  private let reversal: Double?

  /// Compares a quantity, which has values, by a relation; the rival is what the relation names.
  init(_ quantity: Quantity, _ relation: QuantityTest.Relation, rival: Quantity?) {
    unit = quantity.unit
    isExact = quantity.isExact && rival?.isExact ?? true
    name = rival.map { "\(quantity.name) minus \($0.name)" } ?? quantity.name
    let values = Self.values(quantity, rival)
    self.values = values
    let number = PrintedNumber.written
    func above(_ bound: Double) -> PairedDifferences {
      PairedDifferences(differences: values.map { $0 - bound })
    }
    func below(_ bound: Double) -> PairedDifferences {
      PairedDifferences(differences: values.map { bound - $0 })
    }
    switch relation {
    case .above(let limit), .exceeds(_, let limit):
      bound = "above \(number(limit))"
      margins = [above(limit)]
      reversal = limit >= 0 ? -limit : nil
    case .below(let limit):
      bound = "below \(number(limit))"
      margins = [below(limit)]
      reversal = limit <= 0 ? limit : nil
    case .isBelow(_, let distance):
      bound = "below \(number(-distance))"
      margins = [below(-distance)]
      reversal = distance >= 0 ? -distance : nil
    case .within(let lower, let upper):
      bound = "\(number(lower)) to \(number(upper))"
      margins = [above(lower), below(upper)]
      reversal = nil
    }
  }

  private static func values(_ quantity: Quantity, _ rival: Quantity?) -> [Double] {
    guard let rival else { return quantity.isExact ? [quantity.values[0]] : quantity.values }
    switch (quantity.isExact, rival.isExact) {
    case (true, true): return [quantity.values[0] - rival.values[0]]
    case (false, true): return quantity.values.map { $0 - rival.values[0] }
    case (true, false): return rival.values.map { quantity.values[0] - $0 }
    case (false, false):
      let (ours, theirs) = (quantity.bySeed, rival.bySeed)
      return ours.keys.sorted().compactMap { seed in
        ours[seed].flatMap { our in theirs[seed].map { our - $0 } }
      }
    }
  }

  /// Whether the bound is kept by the mean.
  var isKept: Bool {
    margins.allSatisfy { margin in
      guard let mean = margin.mean else { return false }
      return margins.count > 1 ? mean >= 0 : mean > 0
    }
  }

  /// The p-value that the bound is kept; nil with fewer than two seeds.
  var holds: Double? {
    if isExact { return isKept ? 0 : 1 }
    let sides = margins.compactMap { $0.p(.greater, of: 0) }
    return sides.count == margins.count ? sides.max() : nil
  }

  /// The p-value that the bound is broken; nil with fewer than two seeds.
  var absent: Double? {
    if isExact { return isKept ? 1 : 0 }
    let sides = margins.compactMap { $0.p(.less, of: 0) }
    guard let least = sides.min() else { return nil }
    return min(1, Double(sides.count) * least)
  }

  /// The p-value that the opposite holds: the other order, or the other sign than the bound asks for.
  ///
  /// Nil with fewer than two seeds, and where the bound leaves the sign open.
  var reversed: Double? {
    guard let reversal, let margin = margins.first else { return nil }
    if isExact { return (margin.mean ?? 0) < reversal ? 0 : 1 }
    return margin.p(.less, of: reversal)
  }

  /// The margin that is hardest to show positive.
  var hardest: PairedDifferences? {
    margins.max { ($0.p(.greater, of: 0) ?? 1) < ($1.p(.greater, of: 0) ?? 1) }
  }

  /// The numbers for a reader.
  var reading: Evidence.Reading {
    let summary = Summary(values)
    let interval = isExact ? nil : summary?.tInterval(confidence: 0.95)
    return Evidence.Reading(
      name: name, unit: unit, bound: bound, n: values.count, isExact: isExact, mean: summary?.mean,
      lower: interval?.lowerBound, upper: interval?.upperBound, p: holds)
  }
}
