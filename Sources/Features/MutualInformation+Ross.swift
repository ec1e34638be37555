import Foundation

extension MutualInformation {
  /// Estimates by nearest neighbours among points of the same label.
  ///
  /// ψ(n) + ⟨ψ(kᵢ)⟩ - ⟨ψ(nᵢ)⟩ - ⟨ψ(mᵢ)⟩, at least 0: nᵢ is the number of points with the label of
  /// point i; kᵢ = min(k, nᵢ - 1); mᵢ counts the points, i among them, nearer to it than its kᵢ-th
  /// neighbour of the same label, by Euclidean distance. Points alone in their class are left out,
  /// and a class of k points or fewer has kᵢ < k, both as in scikit-learn; no noise is added.
  ///
  /// Source: B. C. Ross, "Mutual information between discrete and continuous data sets", PLoS ONE
  /// 9(2), 2014.
  ///
  /// - Parameters:
  ///   - features: The features; scale them alike beforehand, and keep to a dozen or so columns.
  ///   - labels: The label of each row.
  ///   - neighbors: k, at least 1.
  ///   - threads: How many threads to use; the result does not depend on it.
  /// - Returns: The estimate.
  /// - Throws: ``FeatureError`` when features are empty or not finite, labels are not as many as
  ///   rows or of one class, or no class has two points.
  public static func ross(
    of features: FeatureMatrix, labels: [Int], neighbors: Int = 3, threads: Int
  ) throws -> MutualInformation {
    let index = try RossClasses(labels, of: features, neighbors: neighbors)
    let kept = features.selecting(rows: index.rows)
    let radii =
      kept.columns == 1
      ? SortedColumn(kept.values, classes: index.classes).radii(index)
      : index.radii(of: kept, threads: threads)
    let counts =
      kept.columns == 1
      ? SortedColumn(kept.values, classes: index.classes).counts(within: radii)
      : pointsWithin(radii, of: kept, threads: threads)
    return index.estimate(counts)
  }
}

/// Returns Ross's estimate for each feature by itself.
///
/// The same as ``MutualInformation/ross(of:labels:neighbors:threads:)`` of each column, by sorting:
/// time grows with n log n.
///
/// - Throws: ``FeatureError`` as that function.
public func mutualInformationPerFeature(
  of features: FeatureMatrix, labels: [Int], neighbors: Int = 3, threads: Int
) throws -> [MutualInformation] {
  let index = try RossClasses(labels, of: features, neighbors: neighbors)
  var results = [MutualInformation?](repeating: nil, count: features.columns)
  results.withUnsafeMutableBufferPointer { results in
    let results = results
    Blocks.forEach(features.columns, threads: threads) { column, _ in
      let values = index.rows.map { features[$0, column] }
      let sorted = SortedColumn(values, classes: index.classes)
      results[column] = index.estimate(sorted.counts(within: sorted.radii(index)))
    }
  }
  return results.compactMap { $0 }
}

/// The points that Ross's estimate uses: those not alone in their class.
struct RossClasses {
  let neighbors: Int
  /// The rows used, ascending.
  let rows: [Int]
  /// The class of each row used, numbered anew.
  let classes: [Int]
  /// The size of each class with at least two points.
  let counts: [Int]
  /// The size of every class.
  private let allCounts: [Int]

  init(_ labels: [Int], of features: FeatureMatrix, neighbors: Int) throws {
    precondition(neighbors >= 1, "mutual information by \(neighbors) neighbours")
    let index = try ClassIndex(labels, of: features)
    guard index.counts.contains(where: { $0 > 1 }) else {
      throw FeatureError.smallClass(
        label: index.labels[0], rows: 1, needed: 2, purpose: "an estimate by neighbours")
    }
    self.neighbors = neighbors
    allCounts = index.counts
    rows = (0..<features.rows).filter { index.counts[index.classes[$0]] > 1 }
    var numbers = [Int](repeating: -1, count: index.counts.count)
    var counts: [Int] = []
    for (number, count) in index.counts.enumerated() where count > 1 {
      numbers[number] = counts.count
      counts.append(count)
    }
    self.counts = counts
    classes = rows.map { numbers[index.classes[$0]] }
  }

  /// The k of a class.
  func neighbors(in number: Int) -> Int { min(neighbors, counts[number] - 1) }

  /// The rows of each class, numbered among the rows used.
  var members: [[Int]] {
    var members = [[Int]](repeating: [], count: counts.count)
    for (row, number) in classes.enumerated() { members[number].append(row) }
    return members
  }

  /// For each point, the largest number below the distance of its k-th neighbour in its class.
  func radii(of features: FeatureMatrix, threads: Int) -> [Double] {
    var radii = [Double](repeating: 0, count: features.rows)
    for (number, rows) in members.enumerated() {
      let own = features.selecting(rows: rows)
      let k = neighbors(in: number)
      let nearest = nearestPoints(of: own, in: own, k: k, excludingSelf: true, threads: threads)
      for (place, row) in rows.enumerated() {
        radii[row] = below(nearest.squares[(place + 1) * k - 1].squareRoot())
      }
    }
    return radii
  }

  /// The estimate from the number of points within each radius.
  func estimate(_ within: [Int]) -> MutualInformation {
    let table = DigammaTable(upTo: rows.count)
    let terms = zip(classes, within).map { number, count in
      table[rows.count] + table[neighbors(in: number)] - table[counts[number]] - table[count]
    }
    let mean = terms.reduce(0, +) / Double(terms.count)
    return MutualInformation(
      .ross(neighbors: neighbors), nats: max(0, mean), classCounts: allCounts,
      standardError: MutualInformation.standardError(of: terms), n: rows.count)
  }
}

/// The next number towards zero.
func below(_ radius: Double) -> Double { radius > 0 ? radius.nextDown : 0 }
