/// One feature, sorted, with the neighbours of each point in it.
struct SortedColumn {
  /// The values in ascending order.
  private let values: [Double]
  /// The row of each place in that order.
  private let rows: [Int]
  private let classes: [Int]

  init(_ column: [Float], classes: [Int]) {
    rows = column.indices.sorted { (column[$0], $0) < (column[$1], $1) }
    values = rows.map { Double(column[$0]) }
    self.classes = classes
  }

  /// For each row, the largest number below the distance of its k-th neighbour in its class.
  func radii(_ index: RossClasses) -> [Double] {
    var members = [[Int]](repeating: [], count: index.counts.count)
    for (place, row) in rows.enumerated() { members[classes[row]].append(place) }
    var radii = [Double](repeating: 0, count: rows.count)
    for (number, places) in members.enumerated() {
      let own = places.map { values[$0] }
      let k = index.neighbors(in: number)
      // The k + 1 neighbours in a row that hold a point and its k nearest only move upwards.
      var start = 0
      for place in own.indices {
        start = max(start, place - k)
        while start < place && start + k + 1 < own.count
          && own[start + k + 1] - own[place] < own[place] - own[start]
        {
          start += 1
        }
        radii[rows[places[place]]] = below(
          max(own[place] - own[start], own[start + k] - own[place]))
      }
    }
    return radii
  }

  /// For each row, the number of points within its radius, itself among them.
  func counts(within radii: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: rows.count)
    for (place, row) in rows.enumerated() {
      let (value, radius) = (values[place], radii[row])
      let first = Self.partition(0, place) { value - values[$0] <= radius }
      let end = Self.partition(place, values.count) { values[$0] - value > radius }
      counts[row] = end - first
    }
    return counts
  }

  /// The first place of a range from which on a condition holds, or its end.
  @inline(__always)
  private static func partition(_ low: Int, _ high: Int, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (low, high)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
