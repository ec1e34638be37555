import SeededRandom

/// A check of the closed forms: the same regressions fitted to drawn samples.
struct TheoremSimulation: Sendable {
  /// What one set of features came to, on average over the repeats.
  struct Fit: Sendable {
    /// The squared distance of the fitted coefficients from the population's.
    var estimatorVariance = 0.0
    /// The error on fresh originals with labels of the same noise, less that on the training samples.
    var gap = 0.0
  }

  /// The number of training sets of a seed.
  static let repeats = 100

  /// The conditions that are simulated: each kind of label and two strengths of the generator's noise, in the middle of
  /// the other ranges.
  static let conditions: [TheoremCondition] = TheoremCondition.Labels.allCases.flatMap { labels in
    [0, 0.5].map {
      TheoremCondition(
        labels: labels, rate: 0.3, modification: .along, strength: 0.5, generatorNoise: $0)
    }
  }

  /// The condition.
  let condition: TheoremCondition
  /// Training on X.
  let original: Fit
  /// Training on X′.
  let modified: Fit

  /// Draws training sets and fits both models to each.
  ///
  /// - Parameters:
  ///   - comparison: The condition with its closed forms.
  ///   - seed: The root of the chances.
  ///   - repeats: The number of training sets.
  init(_ comparison: TheoremComparison, seed: UInt64, repeats: Int = Self.repeats) {
    condition = comparison.condition
    let variables = TheoremVariables(condition)
    let stream = SeedStream(root: seed, purpose: "theorem")
    let place = UInt64(Self.conditions.firstIndex(of: condition) ?? Self.conditions.count)
    let fresh = Fresh(variables)
    var sums = (Fit(), Fit())
    for index in 0..<repeats {
      var generator = stream.generator(place, UInt64(index))
      var original = Moments()
      var modified = Moments()
      for _ in 0..<TheoremCondition.samples {
        let numbers = (0..<TheoremVariables.count).map { _ in generator.normal() }
        let label = TheoremVariables.covariance(variables.label, numbers)
        original.add(
          variables.features.map { TheoremVariables.covariance($0, numbers) }, label: label)
        modified.add(
          variables.modified.map { TheoremVariables.covariance($0, numbers) }, label: label)
      }
      original.fit(
        against: comparison.original.coefficients, fresh, of: repeats, into: &sums.0)
      modified.fit(
        against: comparison.modified.coefficients, fresh, of: repeats, into: &sums.1)
    }
    (original, modified) = sums
  }

  /// What fresh originals say of fitted coefficients β: E(Ỹ − β'X)² = Var Ỹ − 2 β'Cov(X, Ỹ) + ‖β‖².
  private struct Fresh {
    let variance: Double
    let covariance: [Double]

    init(_ variables: TheoremVariables) {
      variance = TheoremVariables.covariance(variables.label, variables.label)
      covariance = variables.features.map {
        TheoremVariables.covariance($0, variables.label)
      }
    }

    func error(_ coefficients: [Double]) -> Double {
      zip(coefficients, covariance).reduce(variance) { $0 + $1.0 * $1.0 - 2 * $1.0 * $1.1 }
    }
  }

  /// The sums of a training set that its regression needs.
  private struct Moments {
    var products = [[Double]](
      repeating: [Double](repeating: 0, count: TheoremCondition.dimensions),
      count: TheoremCondition.dimensions)
    var labelled = [Double](repeating: 0, count: TheoremCondition.dimensions)
    var squares = 0.0

    mutating func add(_ features: [Double], label: Double) {
      for row in features.indices {
        for column in features.indices {
          products[row][column] += features[row] * features[column]
        }
        labelled[row] += features[row] * label
      }
      squares += label * label
    }

    func fit(against truth: [Double], _ fresh: Fresh, of repeats: Int, into sum: inout Fit) {
      guard let factor = CholeskyFactor(products) else {
        preconditionFailure("\(TheoremCondition.samples) drawn samples are linearly dependent")
      }
      let coefficients = factor.solve(labelled)
      let distance = zip(coefficients, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let explained = zip(coefficients, labelled).reduce(0) { $0 + $1.0 * $1.1 }
      let training = (squares - explained) / Double(TheoremCondition.samples)
      sum.estimatorVariance += distance / Double(repeats)
      sum.gap += (fresh.error(coefficients) - training) / Double(repeats)
    }
  }
}
