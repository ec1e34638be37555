/// The four statements of Theorem 3.1.
enum TheoremStatement: Int, CaseIterable, Hashable, Sendable {
  /// I(X′; Ỹ) is at least I(X; Ỹ).
  case alignment = 1
  /// The prediction error is smaller.
  case error
  /// The variance of the estimator is smaller.
  case stability
  /// Generalisation is better.
  case generalisation

  /// How a statement is read.
  enum Reading: String, CaseIterable, Hashable, Sendable {
    /// As theorem and proof put it: error over X′, equal residual variances, Rademacher complexity.
    case asWritten = "as-written"
    /// As it matters to a user: error over X, each model's own residual variance, the gap between test and training error.
    case asItMatters = "as-it-matters"

    /// The reading in words.
    var name: String { self == .asWritten ? "as written" : "as it matters" }
  }

  /// A statement in one reading; the first has one reading only.
  struct Form: Hashable, Sendable {
    /// The statement.
    var statement: TheoremStatement
    /// The reading.
    var reading: Reading

    /// Every form, statement by statement.
    static let all: [Form] = TheoremStatement.allCases.flatMap { statement in
      (statement == .alignment ? [.asWritten] : Reading.allCases).map {
        Form(statement: statement, reading: $0)
      }
    }

    /// The identifier in kebab-case.
    var identifier: String {
      statement == .alignment
        ? statement.identifier : "\(statement.identifier)-\(reading.rawValue)"
    }

    /// The form in few words.
    var name: String {
      switch (statement, reading) {
      case (.alignment, _): return "1 alignment: I(X′;Ỹ) ≥ I(X;Ỹ)"
      case (.error, .asWritten): return "2 error over X′"
      case (.error, .asItMatters): return "2 error over test X"
      case (.stability, .asWritten): return "3 variance, equal σ²"
      case (.stability, .asItMatters): return "3 variance, own σ²"
      case (.generalisation, .asWritten): return "4 Rademacher complexity"
      case (.generalisation, .asItMatters): return "4 train/test gap"
      }
    }

    /// The number that the form is about; smaller is better in all but the first.
    func value(_ values: TheoremValues) -> Double {
      switch (statement, reading) {
      case (.alignment, _): return values.information
      case (.error, .asWritten): return values.writtenError
      case (.error, .asItMatters): return values.testError
      case (.stability, .asWritten): return values.unitVariance
      case (.stability, .asItMatters): return values.estimatorVariance
      case (.generalisation, .asWritten): return values.complexity
      case (.generalisation, .asItMatters): return values.gap
      }
    }

    /// Whether the form holds: at least as much information, no larger error, less variance, less complexity or gap, as
    /// the proofs end.
    func holds(from original: TheoremValues, to modified: TheoremValues) -> Bool {
      let (old, new) = (value(original), value(modified))
      let slack = 1e-9 * abs(old)
      switch statement {
      case .alignment: return new >= old - slack
      case .error: return new <= old + slack
      case .stability, .generalisation: return new < old - slack
      }
    }
  }

  /// The identifier in kebab-case.
  var identifier: String { "\(self)" }
}
