/// What a paper's own numbers say about a claim, with no test and no runs of ours.
struct PublishedReading {
  private let published: [CellAddress: PublishedValue]
  private let quantities: [String: Quantity]

  /// Creates a reading of published numbers and of quantities by identifier.
  init(_ published: [CellAddress: PublishedValue], quantities: [String: Quantity] = [:]) {
    self.published = published
    self.quantities = quantities
  }

  /// Returns a sentence, or nil when the numbers that the rule needs are not printed.
  func text(of rule: ClaimRule) -> String? {
    switch rule {
    case .value, .inconsistent, .untestable: return nil
    case .order(let row, let over, let column, _), .gain(let row, let over, let column, _):
      guard let margin = margin(row, over, column) else { return nil }
      return "The paper's own margin over the best of these rivals is "
        + "\(PrintedNumber.points(margin)) points."
    case .orderOverFamily(let row, let over, let columns, _, _):
      let margins = columns.compactMap { margin(row, over, $0) }
      guard !margins.isEmpty else { return nil }
      return "In the paper's own numbers the row is ahead of these rivals in "
        + "\(margins.count { $0 > 0 }) of \(margins.count) columns; margins "
        + PrintedNumber.list(margins.map { PrintedNumber.points($0) }) + " points."
    case .trend(let row, let over, let steps, _):
      let changes = steps.compactMap { step -> String? in
        guard let before = margin(row, over, step.from), let after = margin(row, over, step.to)
        else { return nil }
        return "\(PrintedNumber.points(before)) to \(PrintedNumber.points(after))"
      }
      guard !changes.isEmpty else { return nil }
      return "The paper's own margins go from \(PrintedNumber.list(changes)) points."
    case .smallestSpread(let row, let over, let columns):
      let smallest = columns.compactMap { column -> Bool? in
        let theirs = over.compactMap { published[CellAddress(row: $0, column: column)]?.spread }
        guard let ours = published[CellAddress(row: row, column: column)]?.spread,
          let least = theirs.min()
        else { return nil }
        return ours < least
      }
      guard !smallest.isEmpty else { return nil }
      return "In the paper's own numbers the standard deviation is the smallest in "
        + "\(smallest.count { $0 }) of \(smallest.count) columns."
    case .quantities(let tests):
      var seen: Set<String> = []
      let names = tests.flatMap { [$0.quantity] + ($0.relation.rival.map { [$0] } ?? []) }
        .filter { seen.insert($0).inserted }
      let values = names.compactMap { name -> String? in
        guard let quantity = quantities[name], let value = quantity.publishedValue else {
          return nil
        }
        let unit = quantity.unit.isEmpty ? "" : " \(quantity.unit)"
        return "\(quantity.name) \(PrintedNumber.significant(value))\(unit)"
      }
      return values.isEmpty ? nil : "The paper prints \(PrintedNumber.list(values))."
    }
  }

  private func margin(_ row: String, _ rivals: [String], _ column: String) -> Double? {
    let theirs = rivals.compactMap { published[CellAddress(row: $0, column: column)]?.value }
    guard let ours = published[CellAddress(row: row, column: column)]?.value,
      let best = theirs.max()
    else { return nil }
    return ours - best
  }
}
