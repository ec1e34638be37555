import CBLAS
import SeededRandom

// The eigenvectors of the columns' covariance without forming it.
extension CentredProducts {
  /// From the inner products of the rows: with eigenvector u there, its own is Xᵀu at length one.
  func eigenOfGram(count: Int) -> SymmetricEigen {
    let gram = SymmetricEigen(gramSum(), order: features.rows, count: count)
    var weights = [Double](repeating: 0, count: features.rows * count)
    for vector in 0..<count {
      for row in 0..<features.rows {
        weights[row * count + vector] = gram.vectors[vector * features.rows + row]
      }
    }
    var vectors = transposedTimes(weights, count: count)
    Orthonormal.make(&vectors, length: features.columns)
    return SymmetricEigen(values: gram.values, vectors: vectors)
  }

  /// By subspace iteration with Rayleigh-Ritz steps, from normal random vectors.
  ///
  /// Ten vectors more than asked for are carried along. It ends when no wanted variance changes by
  /// more than 10⁻⁹ of itself (or of a 10⁻¹⁰ share of the largest), or after 300 steps.
  ///
  /// Source: N. Halko, P. G. Martinsson and J. A. Tropp, "Finding structure with randomness", SIAM
  /// Review 53(2), 2011, with the number of steps left to convergence.
  func eigenBySubspaceIteration(count: Int, seed: UInt64) -> SymmetricEigen {
    let length = features.columns
    let width = min(count + 10, min(features.rows, length))
    var generator = SeedStream(root: seed, purpose: "principal-components").generator()
    var basis = (0..<width * length).map { _ in generator.normal() }
    Orthonormal.make(&basis, length: length)
    var last = [Double](repeating: .infinity, count: count)
    var result = SymmetricEigen(values: last, vectors: [])
    for _ in 0..<300 {
      let projected = times(basis, count: width)
      let image = transposedTimes(projected, count: width)
      // The covariance within the subspace is the image's inner products with the basis.
      let inner = Self.product(image, basis, count: width, length: length)
      let ritz = SymmetricEigen(inner, order: width, count: width)
      let values = Array(ritz.values.prefix(count))
      let turned = Self.combine(ritz.vectors, basis, count: width, length: length)
      result = SymmetricEigen(values: values, vectors: Array(turned.prefix(count * length)))
      let floor = 1e-10 * values[0].magnitude
      let settled = zip(values, last).allSatisfy {
        ($0 - $1).magnitude <= 1e-9 * max($0.magnitude, floor)
      }
      if settled || width == length { break }
      last = values
      basis = Self.combine(ritz.vectors, image, count: width, length: length)
      Orthonormal.make(&basis, length: length)
    }
    return result
  }

  /// a bᵀ for two sets of `count` vectors.
  private static func product(_ a: [Double], _ b: [Double], count: Int, length: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count * count)
    let (rows, width) = (Int32(count), Int32(length))
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, rows, rows, width, 1, a, width, b, width, 0,
      &result, rows)
    return result
  }

  /// The combinations of `count` vectors that the rows of `weights` name.
  private static func combine(
    _ weights: [Double], _ vectors: [Double], count: Int, length: Int
  ) -> [Double] {
    var result = [Double](repeating: 0, count: count * length)
    let (rows, width) = (Int32(count), Int32(length))
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, width, rows, 1, weights, rows, vectors,
      width, 0, &result, width)
    return result
  }
}

/// Vectors at right angles.
enum Orthonormal {
  /// Makes vectors of `length` orthonormal, each from itself and those before it.
  ///
  /// Twice the method of Gram and Schmidt. A vector that depends on those before it is replaced by
  /// the first axis that does not.
  static func make(_ vectors: inout [Double], length: Int) {
    let scale =
      stride(from: 0, to: vectors.count, by: length).map { start in
        vectors[start..<start + length].reduce(0.0) { $0 + $1 * $1 }
      }.max() ?? 0
    vectors.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let width = Int32(length)
      for vector in 0..<buffer.count / length {
        let own = base + vector * length
        var axis = 0
        // What is left of a dependent vector is rounding.
        while !reduce(own, against: base, count: vector, width, floor: 1e-14 * scale.squareRoot()) {
          precondition(axis < length, "more vectors than dimensions")
          own.update(repeating: 0, count: length)
          own[axis] = max(scale.squareRoot(), 1)
          axis += 1
        }
      }
    }
  }

  private static func reduce(
    _ own: UnsafeMutablePointer<Double>, against others: UnsafeMutablePointer<Double>, count: Int,
    _ width: Int32, floor: Double
  ) -> Bool {
    let before = cblas_dnrm2(width, own, 1)
    for _ in 0..<2 {
      for other in 0..<count {
        let other = others + other * Int(width)
        cblas_daxpy(width, -cblas_ddot(width, own, 1, other, 1), other, 1, own, 1)
      }
    }
    let after = cblas_dnrm2(width, own, 1)
    if after <= floor || after <= 1e-10 * before { return false }
    cblas_dscal(width, 1 / after, own, 1)
    return true
  }
}
