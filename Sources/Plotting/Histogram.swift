import Foundation

/// The distributions of samples over common bins, with a threshold line and a band.
public struct Histogram: CartesianChart {
  /// One sample.
  public struct Sample: Hashable, Sendable {
    /// The series that gives colour and dash.
    public var series: SeriesKey
    /// The numbers, in any order.
    public var values: [Double]

    /// Creates a sample.
    public init(_ series: SeriesKey, values: [Double]) {
      self.series = series
      self.values = values
    }
  }

  /// What the height of a bin is.
  public enum Normalisation: String, Hashable, Sendable {
    /// The number of values in the bin.
    case count
    /// The share of the sample's values that lie in the bin.
    case share
    /// The share divided by the width of the bin, so that the area is 1.
    case density
  }

  /// A level of the horizontal axis at which a decision changes.
  public struct Threshold: Hashable, Sendable {
    /// The number.
    public var value: Double
    /// A short text, for the legend.
    public var label: String
    /// An interval around it, drawn as a band; nil for none.
    public var band: ClosedRange<Double>?

    /// Creates a threshold.
    public init(_ value: Double, label: String, band: ClosedRange<Double>? = nil) {
      self.value = value
      self.label = label
      self.band = band
    }
  }

  /// A range of the horizontal axis that the text speaks of, drawn in yellow behind the data.
  public struct Highlight: Hashable, Sendable {
    /// The range.
    public var range: ClosedRange<Double>
    /// What it means, for the legend.
    public var label: String

    /// Creates a highlighted range.
    public init(_ range: ClosedRange<Double>, label: String) {
      self.range = range
      self.label = label
    }
  }

  /// The samples.
  public let samples: [Sample]
  /// The ends of the bins, ascending; each bin holds its lower end, the last its upper end too.
  public let edges: [Double]
  /// What the height of a bin is.
  public let normalisation: Normalisation
  /// The threshold; nil for none.
  public var threshold: Threshold?
  /// A highlighted range; nil for none.
  public var highlight: Highlight?
  /// The axis of the numbers.
  public var horizontalAxis: Axis
  /// The axis of the heights.
  public var verticalAxis: Axis

  /// Creates a histogram.
  ///
  /// - Parameters:
  ///   - samples: the samples.
  ///   - axis: label, and perhaps range, of the numbers.
  ///   - bins: the number of bins; nil for the rule of Freedman and Diaconis (width 2 IQR / n^(1/3)
  ///     of all values together), limited to 5...60.
  ///   - normalisation: what the height of a bin is.
  ///   - threshold: a level at which a decision changes.
  ///   - highlight: a range that the text speaks of.
  public init(
    samples: [Sample], axis: Axis, bins: Int? = nil, normalisation: Normalisation = .share,
    threshold: Threshold? = nil, highlight: Highlight? = nil
  ) {
    precondition(bins ?? 1 > 0, "a histogram has at least one bin")
    self.samples = samples
    self.normalisation = normalisation
    self.threshold = threshold
    self.highlight = highlight
    horizontalAxis = axis
    let label =
      switch normalisation {
      case .count: "Count"
      case .share: "Share of sample"
      case .density: "Density"
      }
    verticalAxis = Axis(label)
    edges = Self.edges(of: samples.flatMap(\.values).filter { abs($0) < 1e290 }, bins: bins)
  }

  private static func edges(of values: [Double], bins: Int?) -> [Double] {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return [] }
    guard first < last else {
      let room = first == 0 ? 0.5 : abs(first) * 0.05
      return [first - room, first + room]
    }
    let iqr = sorted[(sorted.count - 1) * 3 / 4] - sorted[(sorted.count - 1) / 4]
    let width = 2 * iqr / cbrt(Double(sorted.count))
    let wanted = width > 0 ? min((last - first) / width, 60) : 20
    let count = bins ?? max(5, Int(wanted.rounded(.up)))
    return (0...count).map { first + (last - first) * Double($0) / Double(count) }
  }

  /// Returns the number of values of a sample in every bin.
  public func counts(of sample: Sample) -> [Int] {
    guard edges.count > 1 else { return [] }
    var counts = Array(repeating: 0, count: edges.count - 1)
    let width = (edges[edges.count - 1] - edges[0]) / Double(counts.count)
    for value in sample.values {
      var bin = min(max(Int((value - edges[0]) / width), 0), counts.count - 1)
      if value < edges[bin], bin > 0 { bin -= 1 }
      if bin + 1 < counts.count, value >= edges[bin + 1] { bin += 1 }
      counts[bin] += 1
    }
    return counts
  }

  /// Returns the heights of the bins of a sample.
  public func heights(of sample: Sample) -> [Double] {
    let total = Double(max(sample.values.count, 1))
    return counts(of: sample).enumerated().map { bin, count in
      switch normalisation {
      case .count: Double(count)
      case .share: Double(count) / total
      case .density: Double(count) / total / (edges[bin + 1] - edges[bin])
      }
    }
  }

  /// The range of the bins; nil without values.
  public var horizontalExtent: ClosedRange<Double>? {
    .union(.covering(edges), edges.isEmpty ? nil : levels.extent)
  }

  /// The threshold and the highlighted range.
  var levels: LevelMarks { LevelMarks(threshold: threshold, highlight: highlight) }

  /// The range from 0 to the highest bin.
  public var verticalExtent: ClosedRange<Double>? {
    .covering([0] + samples.flatMap(heights))
  }

  /// Throws when a value is not finite or the axis cannot show it.
  public func validate() throws(PlotError) {
    for sample in samples {
      if let index = sample.values.firstIndex(where: { !(abs($0) < 1e290) }) {
        throw .notFinite(chart: "histogram", item: "value \(index) of \(sample.series.identifier)")
      }
    }
    try levels.validate(chart: "histogram")
    try validateAxes(chart: "histogram")
  }

  /// The plotted data: one row per bin and sample, then the threshold and the highlighted range.
  public var table: DataTable {
    var table = DataTable(columns: ["series", "name", "lower", "upper", "count", "height"])
    for sample in samples {
      let heights = heights(of: sample)
      for (bin, count) in counts(of: sample).enumerated() {
        table.append([
          .text(sample.series.identifier), .text(sample.series.name), .number(edges[bin]),
          .number(edges[bin + 1]), .count(count), .number(heights[bin]),
        ])
      }
    }
    for row in levels.rows {
      table.append([
        .text(row.kind), .text(row.label), .number(row.range.lowerBound),
        .number(row.range.upperBound), .empty, .empty,
      ])
    }
    return table
  }
}
