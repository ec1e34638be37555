import Foundation

/// Smoothed distributions of samples as lines over a light fill (see `KernelDensity`).
public struct DensityChart: CartesianChart {
  /// One sample.
  public typealias Sample = Histogram.Sample

  /// The density of one sample over its grid.
  public struct Curve: Hashable, Sendable {
    /// The bandwidth of the kernel; nil for a sample without values.
    public let bandwidth: Double?
    /// The numbers, ascending and at equal distances.
    public let grid: [Double]
    /// The density at each of them.
    public let density: [Double]
  }

  private static let largest = 1e290

  /// The samples.
  public let samples: [Sample]
  /// The curves, one per sample.
  public let curves: [Curve]
  /// The least and greatest possible number, at which densities are reflected; nil for none.
  public let bounds: ClosedRange<Double>?
  /// A level at which a decision changes; nil for none.
  public var threshold: Histogram.Threshold?
  /// A highlighted range; nil for none.
  public var highlight: Histogram.Highlight?
  /// The axis of the numbers.
  public var horizontalAxis: Axis
  /// The axis of the densities.
  public var verticalAxis: Axis

  /// Creates a chart and computes its curves.
  ///
  /// The distance of the grid is a quarter of the bandwidth, but there are 201 to 2001 points.
  ///
  /// - Parameters:
  ///   - samples: the samples; values that are not finite or beyond the bounds are refused when the
  ///     chart is laid out.
  ///   - axis: label, and perhaps range, of the numbers.
  ///   - bounds: the least and greatest possible number, such as 0...1 for probabilities.
  ///   - bandwidth: the bandwidth of all samples; nil for Silverman's, for each sample its own.
  ///   - threshold: a level at which a decision changes.
  ///   - highlight: a range that the text speaks of.
  public init(
    samples: [Sample], axis: Axis, bounds: ClosedRange<Double>? = nil, bandwidth: Double? = nil,
    threshold: Histogram.Threshold? = nil, highlight: Histogram.Highlight? = nil
  ) {
    self.samples = samples
    self.bounds = bounds
    self.threshold = threshold
    self.highlight = highlight
    horizontalAxis = axis
    verticalAxis = Axis("Density")
    curves = samples.map { sample in
      let isDrawable = sample.values.allSatisfy {
        abs($0) < Self.largest && (bounds?.contains($0) ?? true)
      }
      guard isDrawable, !sample.values.isEmpty else {
        return Curve(bandwidth: nil, grid: [], density: [])
      }
      let estimate = KernelDensity(sample.values, bounds: bounds, bandwidth: bandwidth)
      let support = estimate.support
      let length = support.upperBound - support.lowerBound
      let steps = min(max(Int((4 * length / estimate.bandwidth).rounded(.up)), 200), 2000)
      let grid = (0...steps).map { step in
        step == steps
          ? support.upperBound : support.lowerBound + length * Double(step) / Double(steps)
      }
      return Curve(
        bandwidth: estimate.bandwidth, grid: grid, density: grid.map(estimate.density))
    }
  }

  /// The smoothing in words, for captions and notes.
  public var smoothing: String {
    let widths = zip(samples, curves).compactMap { sample, curve in
      curve.bandwidth.map { "\(String(format: "%.3g", $0)) (\(sample.series.name))" }
    }
    let ends = bounds.map { [$0.lowerBound, $0.upperBound].filter(\.isFinite) } ?? []
    let reflection = ends.map { String(format: "%g", $0) }.joined(separator: " and ")
    return "Gaussian kernel, bandwidth \(widths.joined(separator: ", "))"
      + (ends.isEmpty ? "" : ", reflected at \(reflection)")
  }

  private var levels: LevelMarks { LevelMarks(threshold: threshold, highlight: highlight) }

  /// The range of the grids; nil without values.
  public var horizontalExtent: ClosedRange<Double>? {
    let extent = ClosedRange.covering(
      curves.flatMap { [$0.grid.first, $0.grid.last].compactMap { $0 } })
    return extent == nil ? nil : .union(extent, levels.extent)
  }

  /// The range from 0 to the highest density.
  public var verticalExtent: ClosedRange<Double>? {
    .covering([0] + curves.flatMap(\.density))
  }

  /// Throws when a value is not finite, beyond the bounds, or the axis cannot show it.
  public func validate() throws(PlotError) {
    for sample in samples {
      if let index = sample.values.firstIndex(where: { !(abs($0) < Self.largest) }) {
        throw .notFinite(chart: "densities", item: "value \(index) of \(sample.series.identifier)")
      }
      if let bounds, let beyond = sample.values.first(where: { !bounds.contains($0) }) {
        throw .unsuitable(
          chart: "densities",
          reason: "\(beyond) of \(sample.series.identifier) lies beyond the bounds \(bounds)")
      }
    }
    try levels.validate(chart: "densities")
    try validateAxes(chart: "densities")
  }

  /// Returns the samples with their sizes, the threshold, its band and the highlight.
  public func legend(theme: Theme) -> [LegendEntry] {
    samples.map { sample in
      LegendEntry(
        .line(stroke(of: sample, theme), nil),
        "\(sample.series.name) (n = \(sample.values.count))")
    } + levels.legend(theme: theme)
  }

  private func stroke(of sample: Sample, _ theme: Theme) -> Stroke {
    let style = theme.palette.style(for: sample.series.identifier)
    return Stroke(style.color, width: theme.lineWidth, dash: style.dash)
  }

  /// Returns the areas behind, the fill of each sample, their lines and the threshold line.
  public func marks(in frame: PlotFrame, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    var fills: [Primitive] = []
    var lines: [Primitive] = []
    for (sample, curve) in zip(samples, curves) where !curve.grid.isEmpty {
      let points = zip(curve.grid, curve.density).map { frame.point($0, $1) }
      let ends = [curve.grid[curve.grid.count - 1], curve.grid[0]].map { frame.point($0, 0) }
      let stroke = stroke(of: sample, theme)
      fills.append(.polygon(points: points + ends, fill: stroke.color.opacity(0.18), stroke: nil))
      lines.append(.polyline(points: points, stroke: stroke))
    }
    return [.beginClip(frame.rect)] + levels.back(in: frame, theme) + fills + lines
      + levels.front(in: frame, theme) + [.endClip]
  }

  /// The plotted data: one row per sample and grid point, then the threshold and the highlight.
  public var table: DataTable {
    var table = DataTable(columns: [
      "series", "name", "n", "bandwidth", "x", "density", "lower", "upper",
    ])
    for (sample, curve) in zip(samples, curves) {
      for (x, density) in zip(curve.grid, curve.density) {
        table.append([
          .text(sample.series.identifier), .text(sample.series.name),
          .count(sample.values.count), .optional(curve.bandwidth), .number(x),
          .number(density), .empty, .empty,
        ])
      }
    }
    for row in levels.rows {
      table.append([
        .text(row.kind), .text(row.label), .empty, .empty, .empty, .empty,
        .number(row.range.lowerBound), .number(row.range.upperBound),
      ])
    }
    return table
  }
}
