import SeededRandom

/// Where the fit of a mixture begins.
public enum MixtureStart: Codable, Hashable, Sendable {
  /// At equally spaced quantiles; nothing is random.
  case quantiles
  /// At groups found by k-means.
  ///
  /// The best of ten runs from seeds by k-means++: D. Arthur and S. Vassilvitskii, "k-means++: the
  /// advantages of careful seeding", 2007.
  case kMeans(seed: UInt64)

  /// The values in as many groups as there are components, each a run of the sorted list.
  ///
  /// - Parameters:
  ///   - sorted: The values in ascending order.
  ///   - count: The number of groups, at most the number of different values.
  /// - Returns: The groups from the lowest up, none empty.
  func groups(of sorted: [Double], count: Int) -> [Range<Int>] {
    let equal = (0..<count).map { sorted.count * $0 / count..<sorted.count * ($0 + 1) / count }
    switch self {
    case .quantiles: return equal
    case .kMeans(let seed):
      let stream = SeedStream(root: seed, purpose: "mixture start")
      let line = KMeansLine(sorted)
      let runs = (0..<10).map { run in
        var generator = stream.generator(UInt64(run))
        return line.groups(count: count, using: &generator)
      }
      let best = runs.filter { run in run.groups.allSatisfy { !$0.isEmpty } }
        .min { $0.inertia < $1.inertia }
      // Numbers that rounding cannot part leave a group empty.
      return best?.groups ?? equal
    }
  }
}

/// K-means of numbers, which are sorted, so that groups are runs and sums are differences.
private struct KMeansLine {
  private let sorted: [Double]
  /// Sums of the first numbers and of their squares, about the middle one.
  private let sums: [Double]
  private let squares: [Double]
  private let origin: Double

  init(_ sorted: [Double]) {
    self.sorted = sorted
    let origin = sorted[sorted.count / 2]
    var (sums, squares) = ([0.0], [0.0])
    for (index, value) in sorted.enumerated() {
      let offset = value - origin
      sums.append(sums[index] + offset)
      squares.append(squares[index] + offset * offset)
    }
    (self.sums, self.squares, self.origin) = (sums, squares, origin)
  }

  func groups(
    count: Int, using generator: inout some RandomNumberGenerator
  ) -> (groups: [Range<Int>], inertia: Double) {
    var centres = seeds(count: count, using: &generator)
    var groups: [Range<Int>] = []
    for _ in 0..<300 {
      let found = runs(nearest: centres)
      if found == groups { break }
      groups = found
      centres = groups.indices.map { groups[$0].isEmpty ? centres[$0] : mean(groups[$0]) }
    }
    let inertia = groups.reduce(0.0) { $0 + squaredDistances($1) }
    return (groups, inertia)
  }

  /// Distinct values, each drawn with a chance that grows with the squared distance to those before.
  private func seeds(count: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
    var seeds = [sorted[generator.uniform(below: sorted.count)]]
    var distances = sorted.map { _ in Double.infinity }
    while seeds.count < count, let last = seeds.last {
      var total = 0.0
      for (index, value) in sorted.enumerated() {
        distances[index] = min(distances[index], (value - last) * (value - last))
        total += distances[index]
      }
      var rest = generator.uniform() * total
      var chosen: Int?
      for (index, distance) in distances.enumerated() where distance > 0 {
        chosen = index
        rest -= distance
        if rest < 0 { break }
      }
      guard let chosen else { break }
      seeds.append(sorted[chosen])
    }
    return seeds.sorted()
  }

  /// The run of values that each centre is the nearest to.
  private func runs(nearest centres: [Double]) -> [Range<Int>] {
    var starts = [0]
    for (low, high) in zip(centres, centres.dropFirst()) {
      let border = 0.5 * (low + high)
      var (first, last) = (0, sorted.count)
      while first < last {
        let middle = (first + last) / 2
        if sorted[middle] < border { first = middle + 1 } else { last = middle }
      }
      starts.append(first)
    }
    return zip(starts, starts.dropFirst() + [sorted.count]).map { $0..<max($0, $1) }
  }

  private func mean(_ run: Range<Int>) -> Double {
    origin + (sums[run.upperBound] - sums[run.lowerBound]) / Double(run.count)
  }

  /// The sum of squared distances to a run's mean.
  private func squaredDistances(_ run: Range<Int>) -> Double {
    if run.isEmpty { return 0 }
    let sum = sums[run.upperBound] - sums[run.lowerBound]
    return squares[run.upperBound] - squares[run.lowerBound] - sum * sum / Double(run.count)
  }
}
