import CBLAS

/// Returns the k nearest points of each query by Euclidean distance, exactly.
///
/// Distances are compared in double precision; of equally distant points the one with the lower row
/// number comes first. Blocked products of single-precision matrices rule out, with a proven bound
/// on their error, the points that cannot be among the k nearest; for the others the distance is
/// computed in double precision. Memory grows with rows times k, not with the square of the rows,
/// and the result depends neither on `threads` nor on the size of the blocks. When `queries` and
/// `points` are one matrix, each pair of blocks is multiplied once.
///
/// - Parameters:
///   - queries: The points whose neighbours are wanted, all finite.
///   - points: The points to search, all finite, with as many columns.
///   - k: How many neighbours; at most the number of points, less one when excluding self.
///   - excludingSelf: Whether query i passes over point i.
///   - threads: How many threads to use.
/// - Returns: The neighbours of each query, nearest first.
public func exactNeighbors(
  of queries: FeatureMatrix, in points: FeatureMatrix, k: Int, excludingSelf: Bool, threads: Int
) -> Neighbors {
  nearestPoints(of: queries, in: points, k: k, excludingSelf: excludingSelf, threads: threads)
    .neighbors
}

/// The same as ``exactNeighbors(of:in:k:excludingSelf:threads:)`` in double precision.
func nearestPoints(
  of queries: FeatureMatrix, in points: FeatureMatrix, k: Int, excludingSelf: Bool, threads: Int
) -> NearestPoints {
  precondition(
    queries.columns == points.columns,
    "queries of \(queries.columns) columns among points of \(points.columns)")
  precondition(
    k >= 1 && k <= points.rows - (excludingSelf ? 1 : 0),
    "\(k) neighbours among \(points.rows) points\(excludingSelf ? " without the query" : "")")
  let same = isSameStorage(queries, points)
  let frame = CentredPoints.Frame(same ? [points] : [points, queries])
  let prepared = CentredPoints(points, in: frame)
  let search = NeighborSearch(
    queries: queries, points: points,
    preparedQueries: same ? prepared : CentredPoints(queries, in: frame), prepared: prepared,
    heaps: NeighborHeaps(rows: queries.rows, count: k), excludesSelf: excludingSelf,
    threads: threads)
  defer { search.heaps.deallocate() }
  SingleThreadedBLAS.run { same ? search.runSymmetric() : search.run() }
  return search.heaps.sorted(threads: threads)
}

/// Whether two matrices are one in memory; equal copies need not be.
private func isSameStorage(_ first: FeatureMatrix, _ second: FeatureMatrix) -> Bool {
  first.rows == second.rows
    && first.values.withUnsafeBufferPointer { left in
      second.values.withUnsafeBufferPointer { left.baseAddress == $0.baseAddress }
    }
}
