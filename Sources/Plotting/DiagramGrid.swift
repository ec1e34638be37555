/// The lines of a diagram's grid along one direction: where each row, or each column, stands.
struct DiagramGrid {
  /// The first line and the places of it and the following ones, from the edge of the diagram.
  let first: Int
  let places: [Double]
  /// The whole extent.
  let length: Double

  /// Places lines so that what lies on neighbouring ones keeps a distance.
  ///
  /// - Parameters:
  ///   - first: the number of the first line.
  ///   - extents: what each line needs before and behind it.
  ///   - gaps: the free space between neighbouring lines, one fewer than lines.
  ///   - ends: the free space before the first and behind the last line.
  init(first: Int, extents: [(before: Double, behind: Double)], gaps: [Double], ends: [Double]) {
    self.first = first
    var position = ends[0]
    var places: [Double] = []
    for (index, extent) in extents.enumerated() {
      position += extent.before
      places.append(position)
      position += extent.behind + (index < gaps.count ? gaps[index] : 0)
    }
    self.places = places
    length = position + ends[1]
  }

  /// Returns the place of a line, or between two lines for a fraction.
  func place(_ line: Double) -> Double {
    let lower = min(max(Int(line.rounded(.down)) - first, 0), places.count - 1)
    let upper = min(lower + 1, places.count - 1)
    return places[lower] + (line - Double(first + lower)) * (places[upper] - places[lower])
  }

  /// Returns the lines on which, or between which, places lie: all whole numbers of their range.
  static func lines(_ places: [Double]) -> ClosedRange<Int> {
    let low = places.min() ?? 0
    let high = places.max() ?? 0
    return Int(low.rounded(.down))...Int(high.rounded(.up))
  }
}
