import Foundation

/// One case of the linear-Gaussian study: how labels become noisy, and how images are changed to fit them.
///
/// X ~ N(0, I) in ``dimensions`` dimensions and Y = b'X + e with ‖b‖ = 1 and e ~ N(0, ``errorVariance``). The noisy label Ỹ
/// follows ``labels`` and ``rate``. With b̃ the regression of Ỹ on X, the modified features are
///
///     X′ = K X + a (Ỹ − b̃'X) v + g ω,   ω ~ N(0, I),
///
/// where a is ``strength``, g is ``generatorNoise``, and K and v follow ``modification``.
struct TheoremCondition: Hashable, Sendable {
  /// How noisy labels come about.
  ///
  /// In the first three, Ỹ correlates with Y by 1 − r, as a label does that is replaced with probability r by an unrelated
  /// draw; with s² = (1 − r)⁻² − 1 and σ the standard deviation of Y.
  enum Labels: String, CaseIterable, Hashable, Sendable {
    /// Ỹ = Y + s σ ν with ν ~ N(0, 1) independent of everything.
    case independent
    /// Ỹ = (1 − r) (Y + s σ ν): the same correlation, but shrunk towards the mean as labels are that flip to any class.
    case replacing
    /// Ỹ = Y + s σ c'X with c orthogonal to b: a bias that depends on the instance.
    case instanceDependent = "instance-dependent"
    /// Ỹ = σ ((1 − r) c'X + s (1 − r) ν): nothing of Y, whatever r is.
    case uninformative

    /// Whether Ỹ tells anything of Y, as the theorem supposes.
    var isInformative: Bool { self != .uninformative }
  }

  /// What the transformation does to the features besides generator noise.
  enum Modification: String, CaseIterable, Hashable, Sendable {
    /// K = I and v = b: the label is written where the truth shows.
    case along
    /// K = I and v orthogonal to b and c: the label is written where nothing showed before.
    case off
    /// v = b, and K halves all directions orthogonal to b: variability that says nothing of Y is taken away.
    case contracting
  }

  /// The number of features, d.
  static let dimensions = 10
  /// The variance of e.
  static let errorVariance = 0.25
  /// What K leaves of a direction under ``Modification/contracting``.
  static let contraction = 0.5
  /// The number of training samples, n.
  static let samples = 60

  /// How labels become noisy.
  var labels: Labels
  /// The label noise r in 0..<1.
  var rate: Double
  /// What is done to the features.
  var modification: Modification
  /// The strength of alignment a; at a = 1, b'X′ has taken over all that Ỹ has beyond b̃'X.
  var strength: Double
  /// The standard deviation g of what a generator adds of its own to each feature.
  var generatorNoise: Double

  /// Whether the theorem's premises hold: labels that tell of Y, and a transformation that adds no chance of its own.
  var meetsPremises: Bool { labels.isInformative && generatorNoise == 0 }

  /// Every condition of the study.
  static let all: [TheoremCondition] = Labels.allCases.flatMap { labels in
    Modification.allCases.flatMap { modification in
      generatorNoises.flatMap { generatorNoise in
        strengths.flatMap { strength in
          rates.map { rate in
            TheoremCondition(
              labels: labels, rate: rate, modification: modification, strength: strength,
              generatorNoise: generatorNoise)
          }
        }
      }
    }
  }

  /// The rates of label noise of the study.
  static let rates = (1...9).map { Double($0) / 10 }
  /// The strengths of alignment of the study.
  static let strengths = (1...10).map { Double($0) / 10 }
  /// The standard deviations of generator noise of the study.
  static let generatorNoises = [0, 0.25, 0.5, 1]
}
