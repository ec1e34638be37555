import CBLAS

/// The largest eigenvalues of a symmetric matrix with their eigenvectors, by LAPACK.
struct SymmetricEigen {
  /// The eigenvalues, largest first.
  let values: [Double]
  /// The eigenvectors, one after the other in the order of `values`.
  let vectors: [Double]

  init(values: [Double], vectors: [Double]) {
    self.values = values
    self.vectors = vectors
  }

  /// Decomposes a matrix.
  ///
  /// - Parameters:
  ///   - matrix: The matrix, row-major; only what is on and above its diagonal is read.
  ///   - order: Its number of rows.
  ///   - count: How many eigenvalues.
  init(_ matrix: [Double], order: Int, count: Int) {
    precondition(
      matrix.count == order * order && count >= 1 && count <= order
        && matrix.allSatisfy(\.isFinite),
      "\(count) eigenvalues of \(matrix.count) numbers of order \(order), which must be finite")
    var matrix = matrix
    var size = Int32(order)
    var (low, high) = (Int32(order - count + 1), Int32(order))
    var (lowValue, highValue, tolerance) = (0.0, 0.0, 0.0)
    var (found, status) = (Int32(0), Int32(0))
    var values = [Double](repeating: 0, count: order)
    var vectors = [Double](repeating: 0, count: order * count)
    var support = [Int32](repeating: 0, count: 2 * order)
    var work = [Double](repeating: 0, count: 1)
    var whole = [Int32](repeating: 0, count: 1)
    // The first call asks for the sizes of the work space. Row-major above the diagonal is
    // column-major below it.
    for asking in [true, false] {
      var length: Int32 = asking ? -1 : Int32(work.count)
      var wholeLength: Int32 = asking ? -1 : Int32(whole.count)
      dsyevr_(
        "V", "I", "L", &size, &matrix, &size, &lowValue, &highValue, &low, &high, &tolerance,
        &found, &values, &vectors, &size, &support, &work, &length, &whole, &wholeLength, &status,
        1, 1, 1)
      precondition(status == 0, "dsyevr ended with status \(status)")
      if asking {
        work = [Double](repeating: 0, count: Int(work[0]))
        whole = [Int32](repeating: 0, count: Int(whole[0]))
      }
    }
    precondition(Int(found) == count, "dsyevr found \(found) of \(count) eigenvalues")
    self.values = values[..<count].reversed()
    self.vectors = (0..<count).reversed().flatMap { vectors[$0 * order..<($0 + 1) * order] }
  }
}
