/// A chart with a horizontal and a vertical axis around one plot area.
public protocol CartesianChart: Chart {
  /// The axis below the plot.
  var horizontalAxis: Axis { get set }
  /// The axis to the left of the plot.
  var verticalAxis: Axis { get set }
  /// The range of the data along the horizontal axis; nil without data.
  var horizontalExtent: ClosedRange<Double>? { get }
  /// The range of the data along the vertical axis; nil without data.
  var verticalExtent: ClosedRange<Double>? { get }
  /// Whether both axes are equally long on the page.
  var isSquare: Bool { get }
  /// Whether there is anything to draw.
  var isEmpty: Bool { get }

  /// Returns the height in millimetres that texts above the plot need, when it is `width` wide.
  func headroom(width: Double, horizontal: AxisScale, context: LayoutContext) -> Double

  /// Returns the steps that draw the data into a plot area whose axes are laid out.
  func marks(in frame: PlotFrame, context: LayoutContext) -> [Primitive]
}

extension CartesianChart {
  /// Whether both axes are equally long on the page: not unless a chart says so.
  public var isSquare: Bool { false }

  /// Returns the height in millimetres that texts above the plot need: none unless a chart says so.
  public func headroom(width: Double, horizontal: AxisScale, context: LayoutContext) -> Double {
    0
  }

  /// Whether there is anything to draw: not without data along the horizontal axis.
  public var isEmpty: Bool { horizontalExtent == nil }

  /// Returns a size in millimetres that suits the chart at a width.
  public func preferredSize(width: Double, context: LayoutContext) -> Size {
    guard isSquare else { return Size(width: width, height: min(max(width * 0.62, 42), 72)) }
    let probe = Rect(x: 0, y: 0, width: width, height: width)
    let margins = AxesLayout.margins(self, in: probe, context: context, sides: .init())
    let across = margins.left + margins.right
    let side = min(width - across, 95)
    return Size(width: side + across, height: side + margins.top + margins.bottom)
  }

  /// Lays out axes and data in a rectangle.
  public func primitives(in rect: Rect, context: LayoutContext) -> [Primitive] {
    AxesLayout(self, in: rect, context: context).primitives()
  }

  /// Throws when an axis cannot show its range.
  func validateAxes(chart: String) throws(PlotError) {
    let axes = [
      (horizontalAxis, horizontalExtent, "horizontal"), (verticalAxis, verticalExtent, "vertical"),
    ]
    for (axis, extent, name) in axes {
      if let range = axis.range {
        guard range.lowerBound.isFinite, range.upperBound.isFinite else {
          throw .notFinite(chart: chart, item: "the range of the \(name) axis")
        }
        guard range.lowerBound < range.upperBound else {
          throw .unsuitable(
            chart: chart, reason: "the range \(range) of the \(name) axis has no length")
        }
      }
      let ends = [axis.range, extent].compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] }
      guard ends.allSatisfy({ abs($0) < 1e290 }) else {
        throw .unsuitable(chart: chart, reason: "the \(name) axis ends at 1e290, not at \(ends)")
      }
      if axis.kind == .logarithmic, let low = axis.range?.lowerBound ?? extent?.lowerBound, low <= 0
      {
        throw .unsuitable(
          chart: chart, reason: "\(low) has no place on the logarithmic \(name) axis")
      }
    }
  }
}

/// A plot area on the page together with its two axes.
public struct PlotFrame: Hashable, Sendable {
  /// The plot area in millimetres.
  public let rect: Rect
  /// The horizontal axis.
  public let horizontal: AxisScale
  /// The vertical axis.
  public let vertical: AxisScale

  /// Creates a frame.
  public init(rect: Rect, horizontal: AxisScale, vertical: AxisScale) {
    self.rect = rect
    self.horizontal = horizontal
    self.vertical = vertical
  }

  /// Returns the horizontal position of a number.
  public func x(_ value: Double) -> Double {
    rect.left + horizontal.fraction(of: value) * rect.width
  }

  /// Returns the vertical position of a number.
  public func y(_ value: Double) -> Double {
    rect.bottom - vertical.fraction(of: value) * rect.height
  }

  /// Returns the position of a pair of numbers.
  public func point(_ x: Double, _ y: Double) -> Point {
    Point(self.x(x), self.y(y))
  }
}
