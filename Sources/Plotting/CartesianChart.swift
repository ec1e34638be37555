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
  /// An axis to the right of the plot, for data in another unit; nil for none.
  var rightAxis: Axis? { get set }
  /// The range of the data along the right axis; nil without data.
  var rightExtent: ClosedRange<Double>? { get }
  /// Whether ticks, grid and labels are drawn; without them the plot has only a thin frame.
  var showsAxes: Bool { get }
  /// Whether both axes are equally long on the page.
  var isSquare: Bool { get }
  /// Whether there is anything to draw.
  var isEmpty: Bool { get }

  /// Returns the colour of a vertical axis and its texts.
  func ink(of side: AxisSide, theme: Theme) -> Color

  /// Returns the height in millimetres that texts above the plot need, when it is `width` wide.
  func headroom(width: Double, horizontal: AxisScale, context: LayoutContext) -> Double

  /// Returns the steps that draw the data into a plot area whose axes are laid out.
  func marks(in frame: PlotFrame, context: LayoutContext) -> [Primitive]
}

/// The side of the plot at which a vertical axis stands.
public enum AxisSide: String, CaseIterable, Hashable, Sendable {
  /// The left side.
  case left
  /// The right side.
  case right
}

extension CartesianChart {
  /// The axis to the right of the plot: none unless a chart has one; setting it is without effect.
  public var rightAxis: Axis? {
    get { nil }
    set {}
  }

  /// The range of the data along the right axis: none unless a chart has such an axis.
  public var rightExtent: ClosedRange<Double>? { nil }

  /// Whether ticks, grid and labels are drawn: yes unless a chart says otherwise.
  public var showsAxes: Bool { true }

  /// Whether both axes are equally long on the page: not unless a chart says so.
  public var isSquare: Bool { false }

  /// Returns the colour of a vertical axis and its texts: the theme's unless a chart says otherwise.
  public func ink(of side: AxisSide, theme: Theme) -> Color { theme.ink }

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
    var axes = [
      (horizontalAxis, horizontalExtent, "horizontal"), (verticalAxis, verticalExtent, "vertical"),
    ]
    if let rightAxis { axes.append((rightAxis, rightExtent, "right")) }
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
      if let ticks = axis.ticks, !ticks.allSatisfy(\.isFinite) {
        throw .notFinite(chart: chart, item: "a tick of the \(name) axis")
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
  /// The axis to the right of the plot; nil where there is none.
  public let right: AxisScale?

  /// Creates a frame.
  public init(
    rect: Rect, horizontal: AxisScale, vertical: AxisScale, right: AxisScale? = nil
  ) {
    self.rect = rect
    self.horizontal = horizontal
    self.vertical = vertical
    self.right = right
  }

  /// Returns the horizontal position of a number.
  public func x(_ value: Double) -> Double {
    rect.left + horizontal.fraction(of: value) * rect.width
  }

  /// Returns the vertical position of a number, on the left axis unless told otherwise.
  public func y(_ value: Double, on side: AxisSide = .left) -> Double {
    let scale = side == .right ? right ?? vertical : vertical
    return rect.bottom - scale.fraction(of: value) * rect.height
  }

  /// Returns the position of a pair of numbers, on the left axis unless told otherwise.
  public func point(_ x: Double, _ y: Double, on side: AxisSide = .left) -> Point {
    Point(self.x(x), self.y(y, on: side))
  }
}
