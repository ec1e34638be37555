import Foundation

/// The eigenvalues of a small symmetric matrix, and what follows from them.
struct Spectrum {
  /// The eigenvalues, ascending.
  let values: [Double]

  private static let sweeps = 30

  /// Finds the eigenvalues of a matrix given by its rows, by Jacobi's rotations.
  init(_ matrix: [[Double]]) {
    let size = matrix.count
    var a = matrix
    let scale = matrix.joined().reduce(0) { max($0, abs($1)) }
    for _ in 0..<Self.sweeps {
      var rotated = false
      for p in 0..<size {
        for q in (p + 1)..<max(size, p + 1) where abs(a[p][q]) > 1e-15 * scale {
          rotated = true
          let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let tangent =
            (theta < 0 ? -1.0 : 1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
          let cosine = 1 / (tangent * tangent + 1).squareRoot()
          let sine = tangent * cosine
          for k in 0..<size {
            let (x, y) = (a[k][p], a[k][q])
            a[k][p] = cosine * x - sine * y
            a[k][q] = sine * x + cosine * y
          }
          for k in 0..<size {
            let (x, y) = (a[p][k], a[q][k])
            a[p][k] = cosine * x - sine * y
            a[q][k] = sine * x + cosine * y
          }
        }
      }
      if !rotated { break }
    }
    values = (0..<size).map { a[$0][$0] }.sorted()
  }

  /// The sum of the eigenvalues.
  var trace: Double { values.reduce(0, +) }

  /// The intervals of Simpson's rule.
  private static let intervals = 200

  /// E‖Z‖ of a Gaussian vector Z with mean 0 whose covariance has these eigenvalues λ.
  ///
  /// With E exp(−s²‖Z‖²) = Π (1 + 2 s² λ)^(−1/2), E‖Z‖ = π^(−1/2) ∫ (1 − Π (1 + 2 s² λ)^(−1/2)) s⁻² ds over s > 0; the
  /// substitution s = x / (1 − x) leaves a smooth function on 0...1, integrated by Simpson's rule.
  var meanNorm: Double {
    let mean = trace / Double(max(values.count, 1))
    guard mean > 0 else { return 0 }
    func integrand(_ x: Double) -> Double {
      if x <= 0 { return trace / mean }
      if x >= 1 { return 1 }
      let s = x / (1 - x)
      let logarithm = values.reduce(0.0) { $0 - 0.5 * log1p(2 * s * s * $1 / mean) }
      return -expm1(logarithm) / (x * x)
    }
    let step = 1 / Double(Self.intervals)
    let sum = (0...Self.intervals).reduce(0.0) { sum, index in
      let isEnd = index == 0 || index == Self.intervals
      let weight = isEnd ? 1.0 : (index % 2 == 1 ? 4.0 : 2.0)
      return sum + weight * integrand(Double(index) * step)
    }
    return (mean / .pi).squareRoot() * sum * step / 3
  }
}
