/// The nearest points of each query, nearest first.
public struct Neighbors: Sendable, Hashable {
  /// The number of neighbours of each query, k.
  public let count: Int
  /// The row numbers of the neighbours: k for each query, query after query.
  public let indices: [Int32]
  /// The distances to them, in the same places: Euclidean unless a search says otherwise.
  public let distances: [Float]

  /// Creates a result from its parts.
  ///
  /// - Precondition: There are as many distances as indices, a multiple of `count`.
  public init(count: Int, indices: [Int32], distances: [Float]) {
    precondition(
      count > 0 && indices.count == distances.count && indices.count % count == 0,
      "\(count) neighbours each from \(indices.count) indices and \(distances.count) distances")
    self.count = count
    self.indices = indices
    self.distances = distances
  }

  /// The number of queries.
  public var queries: Int { indices.count / count }
}
