/// The variables of a condition as linear maps of independent standard normal numbers.
///
/// Each variable is the list of its coefficients; the covariance of two is their scalar product. The numbers are, in this
/// order: the features X, the error of Y, the noise of Ỹ, and the generator's own noise.
struct TheoremVariables {
  /// X, one list a feature.
  let features: [[Double]]
  /// Y.
  let truth: [Double]
  /// Ỹ.
  let label: [Double]
  /// X′, one list a feature.
  let modified: [[Double]]

  /// The number of independent numbers.
  static let count = 2 * TheoremCondition.dimensions + 2

  /// The variables of a condition.
  init(_ condition: TheoremCondition) {
    let dimensions = TheoremCondition.dimensions
    func unit(_ index: Int, times factor: Double = 1) -> [Double] {
      var list = [Double](repeating: 0, count: Self.count)
      list[index] = factor
      return list
    }
    let features = (0..<dimensions).map { unit($0) }
    self.features = features
    // b, c and the direction off both are the first three axes; no other choice differs from this one but by a rotation.
    let (informative, misleading, other) = (0, 1, 2)
    truth = Self.sum(
      features[informative],
      unit(dimensions, times: TheoremCondition.errorVariance.squareRoot()))
    let deviation = Self.covariance(truth, truth).squareRoot()
    let kept = 1 - condition.rate
    let added = (1 / (kept * kept) - 1).squareRoot() * deviation
    switch condition.labels {
    case .independent:
      label = Self.sum(truth, unit(dimensions + 1, times: added))
    case .replacing:
      label = Self.sum(truth, unit(dimensions + 1, times: added)).map { $0 * kept }
    case .instanceDependent:
      label = Self.sum(truth, unit(misleading, times: added))
    case .uninformative:
      label = Self.sum(
        unit(misleading, times: kept * deviation), unit(dimensions + 1, times: kept * added))
    }
    // X has the identity as its covariance, so what X leaves of the label is the label without its first coefficients.
    let unexplained = label.enumerated().map { $0.offset < dimensions ? 0 : $0.element }
    let written = condition.modification == .off ? other : informative
    modified = (0..<dimensions).map { index in
      let isContracted = condition.modification == .contracting && index != informative
      var list = features[index].map { $0 * (isContracted ? TheoremCondition.contraction : 1) }
      if index == written {
        list = Self.sum(list, unexplained.map { $0 * condition.strength })
      }
      return Self.sum(list, unit(dimensions + 2 + index, times: condition.generatorNoise))
    }
  }

  /// The sum of two variables.
  static func sum(_ one: [Double], _ other: [Double]) -> [Double] {
    zip(one, other).map { $0 + $1 }
  }

  /// The covariance of two variables.
  static func covariance(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for index in one.indices { sum += one[index] * other[index] }
    return sum
  }

  /// The covariance matrix of a list of variables.
  static func covariance(of list: [[Double]]) -> [[Double]] {
    list.map { one in list.map { covariance(one, $0) } }
  }
}
