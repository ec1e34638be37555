import Foundation

/// The directions of largest variance of features (principal component analysis).
///
/// Each component has length one and the sign that makes its entry of largest magnitude positive.
/// The result depends on the features, `count` and, for the iterative way, `seed`, and not on the
/// number of threads.
public struct PrincipalComponents: Sendable, Hashable {
  /// How components are found.
  public enum Solver: String, Sendable, Hashable, CaseIterable {
    /// Eigenvectors of the covariance of the columns.
    case covariance
    /// Eigenvectors of the inner products of the rows.
    case gram
    /// Subspace iteration from a random start, until the variances have settled.
    case iterative
  }

  /// The mean of each column.
  public let mean: [Float]
  /// The components, largest variance first: `count` x columns.
  public let components: FeatureMatrix
  /// The variance along each component, with divisor n - 1.
  public let explainedVariance: [Double]
  /// The sum of the variances of all columns, with divisor n - 1.
  public let totalVariance: Double
  /// How the components were found.
  public let solver: Solver

  private let exactMean: [Double]
  private let exactComponents: [Double]

  /// The share of the total variance along each component; zeros when there is no variance.
  public var explainedVarianceRatio: [Double] {
    explainedVariance.map { totalVariance > 0 ? $0 / totalVariance : 0 }
  }

  /// Columns, or rows, beyond which their products are no longer decomposed as a whole.
  private static let largestOrder = 2048

  /// Finds the components of some features.
  ///
  /// - Parameters:
  ///   - features: The features, all finite, of at least two rows.
  ///   - count: How many components, at most the rows and the columns.
  ///   - seed: The seed of the iterative way's start.
  ///   - solver: How to find them; nil is by covariance up to 2,048 columns, else by inner products
  ///     up to 2,048 rows, else iteratively.
  ///   - threads: How many threads to use; nil is one for each core.
  public init(
    of features: FeatureMatrix, count: Int, seed: UInt64 = 0, solver: Solver? = nil,
    threads: Int? = nil
  ) {
    precondition(
      features.rows >= 2 && count >= 1 && count <= min(features.rows, features.columns),
      "\(count) components of \(features.rows) x \(features.columns) features")
    let chosen =
      solver
      ?? (features.columns <= Self.largestOrder
        ? .covariance : features.rows <= Self.largestOrder ? .gram : .iterative)
    let means = features.columnMeans
    let products = CentredProducts(
      features: features, means: means,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    var eigen = SingleThreadedBLAS.run {
      switch chosen {
      case .covariance:
        return SymmetricEigen(products.covarianceSum(), order: features.columns, count: count)
      case .gram: return products.eigenOfGram(count: count)
      case .iterative: return products.eigenBySubspaceIteration(count: count, seed: seed)
      }
    }
    eigen.fixSigns(length: features.columns)
    let divisor = Double(features.rows - 1)
    mean = means.map { Float($0) }
    exactMean = means
    exactComponents = eigen.vectors
    components = FeatureMatrix(
      rows: count, columns: features.columns, values: eigen.vectors.map { Float($0) })
    explainedVariance = eigen.values.map { max(0, $0) / divisor }
    totalVariance = features.columnVariances.reduce(0, +) * Double(features.rows) / divisor
    self.solver = chosen
  }

  /// Returns points in the coordinates of the components: rows x `count`.
  public func project(_ points: FeatureMatrix) -> FeatureMatrix {
    precondition(
      points.columns == exactMean.count,
      "points of \(points.columns) columns on components of \(exactMean.count)")
    let products = CentredProducts(
      features: points, means: exactMean, threads: ProcessInfo.processInfo.activeProcessorCount)
    let projected = SingleThreadedBLAS.run {
      products.times(exactComponents, count: components.rows)
    }
    return FeatureMatrix(
      rows: points.rows, columns: components.rows, values: projected.map { Float($0) })
  }
}

extension SymmetricEigen {
  /// Turns each vector so that its entry of largest magnitude, the first of equal ones, is positive.
  mutating func fixSigns(length: Int) {
    var vectors = vectors
    for start in stride(from: 0, to: vectors.count, by: length) {
      var largest = 0.0
      for place in start..<(start + length) where vectors[place].magnitude > largest.magnitude {
        largest = vectors[place]
      }
      if largest >= 0 { continue }
      for place in start..<(start + length) { vectors[place] = -vectors[place] }
    }
    self = SymmetricEigen(values: values, vectors: vectors)
  }
}
