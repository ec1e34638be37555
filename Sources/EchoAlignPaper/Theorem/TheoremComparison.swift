import Foundation

/// A condition with what training on X and on X′ comes to.
struct TheoremComparison: Sendable {
  /// The condition.
  let condition: TheoremCondition
  /// The values of training on X.
  let original: TheoremValues
  /// The values of training on X′.
  let modified: TheoremValues
  /// The forms of the statements that hold.
  let holding: Set<TheoremStatement.Form>
  /// The distance of the distribution of X′ from that of X: their Kullback-Leibler divergence in nats.
  let deviation: Double
  /// The eigenvalues of Cov(X′) − Cov(X).
  let spread: Spectrum

  /// Compares both; nil when the modified features are linearly dependent.
  ///
  /// - Parameters:
  ///   - condition: The condition.
  ///   - known: The values of training on X where they are known: of another condition with the same labels and rate.
  init?(_ condition: TheoremCondition, original known: TheoremValues? = nil) {
    let variables = TheoremVariables(condition)
    guard let original = known ?? TheoremValues(of: variables.features, in: variables),
      let modified = TheoremValues(of: variables.modified, in: variables)
    else { return nil }
    self.condition = condition
    self.original = original
    self.modified = modified
    holding = Set(
      TheoremStatement.Form.all.filter { $0.holds(from: original, to: modified) })
    // X has the identity as its covariance.
    let trace = modified.covariance.indices.reduce(0.0) { $0 + modified.covariance[$1][$1] }
    spread = Spectrum(
      zip(modified.covariance, original.covariance).map { zip($0, $1).map { $0 - $1 } })
    deviation = 0.5 * (trace - Double(modified.covariance.count)) - modified.entropy
  }

  /// Whether a statement holds in a reading; the first has one for both.
  func holds(_ statement: TheoremStatement, _ reading: TheoremStatement.Reading) -> Bool {
    holding.contains(
      .init(statement: statement, reading: statement == .alignment ? .asWritten : reading))
  }

  /// Whether all four hold in a reading.
  func holdsAll(_ reading: TheoremStatement.Reading) -> Bool {
    TheoremStatement.allCases.allSatisfy { holds($0, reading) }
  }
}

/// The comparisons of every condition.
struct TheoremStudy: Sendable {
  /// The comparisons, in order of the conditions.
  let comparisons: [TheoremComparison]

  /// Compares under every condition of a list.
  init(_ conditions: [TheoremCondition] = TheoremCondition.all) {
    var known: [TheoremCondition: TheoremValues] = [:]
    comparisons = conditions.compactMap { condition in
      // What training on X comes to depends on the labels alone.
      let plain = TheoremCondition(
        labels: condition.labels, rate: condition.rate, modification: .along, strength: 0,
        generatorNoise: 0)
      let comparison = TheoremComparison(condition, original: known[plain])
      known[plain] = comparison?.original
      return comparison
    }
  }

  /// The conditions that meet the theorem's premises.
  var premised: [TheoremComparison] { comparisons.filter(\.condition.meetsPremises) }

  /// The share of a list in which something is so; 0 for an empty list.
  static func share(
    _ list: [TheoremComparison], where isSo: (TheoremComparison) -> Bool
  ) -> Double {
    list.isEmpty ? 0 : Double(list.count(where: isSo)) / Double(list.count)
  }
}
