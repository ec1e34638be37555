extension Neighbors {
  /// The mean share of a point's neighbours that have its label, in 0...1.
  ///
  /// - Precondition: There is one label for each query, and neighbours are among the queries.
  public func labelPurity(_ labels: [Int]) -> Double {
    precondition(labels.count == queries, "\(labels.count) labels of \(queries) points")
    var same = 0
    for query in 0..<queries {
      for neighbor in indices[query * count..<(query + 1) * count]
      where labels[Int(neighbor)] == labels[query] {
        same += 1
      }
    }
    return Double(same) / Double(indices.count)
  }
}

/// Returns the mean share of the k nearest other points that have a point's label, in 0...1.
///
/// - Throws: ``FeatureError`` when the points are empty or not finite, the labels are not as many or
///   of one class, or k is more than the other points.
public func labelPurity(
  of points: FeatureMatrix, labels: [Int], k: Int = 10, threads: Int
) throws -> Double {
  _ = try ClassIndex(labels, of: points)
  guard k >= 1 && k < points.rows else {
    throw FeatureError.outOfRange(name: "k", value: k, allowed: 1...max(1, points.rows - 1))
  }
  return exactNeighbors(of: points, in: points, k: k, excludingSelf: true, threads: threads)
    .labelPurity(labels)
}
