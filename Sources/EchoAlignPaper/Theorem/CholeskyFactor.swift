import Foundation

/// The Cholesky factor of a small symmetric positive definite matrix: A = L Lᵀ.
struct CholeskyFactor {
  private let size: Int
  /// L, row by row.
  private var lower: [Double]

  /// Factors a matrix given by its rows; nil when a pivot is not above `tolerance` times the diagonal's largest entry.
  init?(_ matrix: [[Double]], tolerance: Double = 1e-12) {
    size = matrix.count
    lower = [Double](repeating: 0, count: size * size)
    let least = tolerance * (matrix.indices.map { matrix[$0][$0] }.max() ?? 0)
    for row in 0..<size {
      for column in 0...row {
        var sum = matrix[row][column]
        for inner in 0..<column {
          sum -= lower[row * size + inner] * lower[column * size + inner]
        }
        if row == column {
          guard sum > least else { return nil }
          lower[row * size + row] = sum.squareRoot()
        } else {
          lower[row * size + column] = sum / lower[column * size + column]
        }
      }
    }
  }

  /// The natural logarithm of the determinant of A.
  var logDeterminant: Double {
    2 * (0..<size).reduce(0) { $0 + log(lower[$1 * size + $1]) }
  }

  /// The x with A x = `right`.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      for inner in 0..<row { x[row] -= lower[row * size + inner] * x[inner] }
      x[row] /= lower[row * size + row]
    }
    for row in (0..<size).reversed() {
      for inner in (row + 1)..<max(size, row + 1) {
        x[row] -= lower[inner * size + row] * x[inner]
      }
      x[row] /= lower[row * size + row]
    }
    return x
  }

  /// The trace of the inverse of A.
  var inverseTrace: Double {
    (0..<size).reduce(0) { sum, column in
      var unit = [Double](repeating: 0, count: size)
      unit[column] = 1
      return sum + solve(unit)[column]
    }
  }
}
