import Foundation

/// What Theorem 3.1 speaks of, for a model trained on one set of features: population values in closed form.
///
/// The model is the linear regression of the noisy label Ỹ on features Z, which are X or X′. All variables are jointly Gaussian
/// with mean 0, so every expectation is a ratio of covariances, and the residual is independent of the features.
struct TheoremValues {
  /// The regression of Ỹ on Z.
  let coefficients: [Double]
  /// I(Z; Ỹ) = −½ ln(1 − R²) in nats; infinite where Z tells Ỹ exactly.
  let information: Double
  /// ½ ln det Cov(Z), the differential entropy of Z but for a constant.
  let entropy: Double
  /// ½ ln det Cov(Z | Ỹ), the conditional entropy but for the same constant; minus infinity where it is singular.
  let conditionalEntropy: Double
  /// E(Y − f(Z))²: the error as the theorem writes it, on the features of training.
  let writtenError: Double
  /// E(Y − f(X))²: the error on original features, which are what is tested.
  let testError: Double
  /// min E(Y − β'Z)²: the error of the proof, whose model is trained on the true labels.
  let provenError: Double
  /// E(β'Z)² of the proof's model.
  let provenSignal: Double
  /// Cov(Y, Z).
  let truthCovariance: [Double]
  /// tr Cov(Z)⁻¹ / (n − d − 1): the summed variance of the coefficients with σ² = 1, as the proof has it.
  let unitVariance: Double
  /// The same with the model's own residual variance.
  let estimatorVariance: Double
  /// E‖Σ σᵢ Zᵢ‖ / n: the Rademacher complexity of the linear functions with coefficients of norm at most 1.
  let complexity: Double
  /// The expected difference between the squared error on fresh originals with labels of the same noise, and that on the n
  /// training samples.
  let gap: Double
  /// The covariance matrix of Z.
  let covariance: [[Double]]
  /// E(Ỹ − f(Z))².
  let residualVariance: Double

  /// The values of a model; nil when its features are linearly dependent.
  init?(of features: [[Double]], in variables: TheoremVariables) {
    let covariance = TheoremVariables.covariance(of: features)
    guard let factor = CholeskyFactor(covariance) else { return nil }
    self.covariance = covariance
    let label = variables.label
    let labelVariance = TheoremVariables.covariance(label, label)
    let labelCovariance = features.map { TheoremVariables.covariance($0, label) }
    let coefficients = factor.solve(labelCovariance)
    self.coefficients = coefficients
    let explained = zip(coefficients, labelCovariance).reduce(0) { $0 + $1.0 * $1.1 }
    let isExact = explained >= labelVariance * (1 - 1e-12)
    let residual = isExact ? 0 : labelVariance - explained
    residualVariance = residual
    information = isExact ? .infinity : -0.5 * log1p(-explained / labelVariance)
    entropy = 0.5 * factor.logDeterminant
    let conditional = covariance.indices.map { row in
      covariance.indices.map { column in
        covariance[row][column] - labelCovariance[row] * labelCovariance[column] / labelVariance
      }
    }
    conditionalEntropy =
      CholeskyFactor(conditional).map { 0.5 * $0.logDeterminant } ?? -.infinity

    func error(of target: [Double], by coefficients: [Double], on features: [[Double]]) -> Double {
      var difference = target
      for (coefficient, feature) in zip(coefficients, features) {
        for index in difference.indices { difference[index] -= coefficient * feature[index] }
      }
      return TheoremVariables.covariance(difference, difference)
    }
    writtenError = error(of: variables.truth, by: coefficients, on: features)
    testError = error(of: variables.truth, by: coefficients, on: variables.features)
    let truthCovariance = features.map { TheoremVariables.covariance($0, variables.truth) }
    self.truthCovariance = truthCovariance
    let proven = factor.solve(truthCovariance)
    provenSignal = zip(proven, truthCovariance).reduce(0) { $0 + $1.0 * $1.1 }
    provenError =
      TheoremVariables.covariance(variables.truth, variables.truth) - provenSignal

    let (n, d) = (Double(TheoremCondition.samples), Double(TheoremCondition.dimensions))
    // E (Z'Z)⁻¹ of n Gaussian samples is Cov(Z)⁻¹ / (n − d − 1).
    unitVariance = factor.inverseTrace / (n - d - 1)
    estimatorVariance = residual * unitVariance
    // Given the features, Σ σᵢ Zᵢ is Gaussian with covariance n Cov(Z).
    complexity = Spectrum(covariance).meanNorm / n.squareRoot()
    // The originals' covariance is the identity, so the coefficients' variance adds its trace.
    gap =
      error(of: label, by: coefficients, on: variables.features) + estimatorVariance
      - residual * (1 - d / n)
  }
}
