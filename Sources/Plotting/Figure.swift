/// A chart on a page: width, title, legend and note around it.
public struct Figure: Sendable {
  /// Where the legend stands; it never covers data.
  public enum LegendPosition: String, Hashable, Sendable {
    /// Under the chart, in columns.
    case below
    /// To the right of the chart, one entry per line.
    case right
    /// Nowhere.
    case hidden
  }

  /// The chart.
  public var chart: any Chart
  /// The width of the page in millimetres, such as the theme's column width or full width.
  public var width: Double
  /// The height of the chart in millimetres, without title, legend and note; nil for its own.
  public var chartHeight: Double?
  /// The title, wrapped to the width; nil for none.
  public var title: String?
  /// A remark under the figure, wrapped to the width; nil for none.
  public var note: String?
  /// Where the legend stands.
  public var legendPosition: LegendPosition
  /// The look.
  public var theme: Theme

  /// Creates a figure, by default as wide as a whole journal page.
  public init(
    _ chart: any Chart, width: Double = Theme.standard.fullWidth, chartHeight: Double? = nil,
    title: String? = nil, note: String? = nil, legend: LegendPosition = .below,
    theme: Theme = .standard
  ) {
    precondition(width >= 30 && width <= 1000, "a figure is 30 to 1000 mm wide, not \(width)")
    self.chart = chart
    self.width = width
    self.chartHeight = chartHeight
    self.title = title
    self.note = note
    legendPosition = legend
    self.theme = theme
  }

  /// Lays the figure out and returns the steps that draw it.
  ///
  /// - Parameter measurer: the source of text widths; a renderer is one.
  /// - Returns: the page size and the drawing steps in order.
  /// - Throws: `PlotError.notFinite` or `.unsuitable` when the chart's data cannot be drawn.
  public func plan(measurer: any TextMeasurer) throws(PlotError) -> Plan {
    try chart.validate()
    let context = LayoutContext(theme: theme, measurer: measurer)
    let inner = width - 2 * theme.margin
    var primitives: [Primitive] = []
    var top = theme.margin
    if let title {
      let lines = context.wrap(title, to: inner, theme.titleFont)
      primitives += context.paragraph(
        lines, x: theme.margin, top: top, font: theme.titleFont, color: theme.ink)
      top += context.height(lines: lines.count, theme.titleFont) + 1.5 * theme.gap
    }

    let entries = legendPosition == .hidden ? [] : chart.legend(theme: theme)
    let isBeside = legendPosition == .right && !entries.isEmpty
    let legend = LegendLayout(
      entries, limit: isBeside ? inner * 0.38 : inner, context: context, oneColumn: isBeside)
    let gap = 2 * theme.gap
    let bodyLimit = isBeside ? inner - legend.size.width - gap : inner
    var body = chart.preferredSize(width: bodyLimit, context: context)
    body.height = chartHeight ?? body.height
    let total = isBeside ? body.width + gap + legend.size.width : body.width
    let left = (width - total) / 2
    primitives += chart.primitives(
      in: Rect(x: left, y: top, width: body.width, height: body.height), context: context)

    if isBeside {
      primitives += legend.primitives(at: Point(left + body.width + gap, top + theme.gap))
      top += max(body.height, legend.size.height + theme.gap)
    } else {
      top += body.height
      if !entries.isEmpty {
        top += 1.2 * theme.gap
        primitives += legend.primitives(at: Point((width - legend.size.width) / 2, top))
        top += legend.size.height
      }
    }
    if let note {
      top += theme.gap
      let lines = context.wrap(note, to: inner, theme.noteFont)
      primitives += context.paragraph(
        lines, x: theme.margin, top: top, font: theme.noteFont, color: theme.mutedInk)
      top += context.height(lines: lines.count, theme.noteFont)
    }
    return Plan(
      size: Size(width: width, height: top + theme.margin), primitives: primitives)
  }

  /// Returns the bytes of the figure as a file of one format; equal figures give equal bytes.
  ///
  /// - Parameters:
  ///   - format: the file format.
  ///   - scale: how many times 96 pixels per inch a PNG has; without effect on vectors.
  /// - Returns: the whole content of the file.
  /// - Throws: `PlotError` when the data cannot be drawn or cairo fails.
  public func bytes(as format: FigureFormat, scale: Double = 2) throws(PlotError) -> [UInt8] {
    let plan = try plan(measurer: CairoTextMeasurer(family: theme.fontFamily))
    return try Self.bytes(of: plan, as: format, scale: scale, theme: theme)
  }

  /// Returns the bytes of a laid-out figure.
  static func bytes(
    of plan: Plan, as format: FigureFormat, scale: Double, theme: Theme
  ) throws(PlotError) -> [UInt8] {
    let renderer = try CairoRenderer(size: plan.size, format: format, scale: scale, theme: theme)
    plan.draw(on: renderer)
    return try renderer.finish()
  }
}
