/// The one look of all figures: sizes in millimetres, type in points, colours.
public struct Theme: Hashable, Sendable {
  /// The width of one column of a journal page.
  public var columnWidth = 85.0
  /// The width of a whole journal page.
  public var fullWidth = 175.0
  /// The family of all type.
  public var fontFamily = "DejaVu Sans"
  /// The type of a figure's title.
  public var titleFont = Font(size: 9, bold: true)
  /// The type of a panel's title.
  public var panelFont = Font(size: 7.5, bold: true)
  /// The type of axis labels.
  public var labelFont = Font(size: 7.5)
  /// The type of tick labels.
  public var tickFont = Font(size: 6.8)
  /// The type of the legend.
  public var legendFont = Font(size: 6.8)
  /// The type of marks inside the plot and of the note below it.
  public var noteFont = Font(size: 6)
  /// The width of axes and ticks.
  public var axisWidth = 0.2
  /// The width of grid lines.
  public var gridWidth = 0.12
  /// The width of the line of a series.
  public var lineWidth = 0.42
  /// The width of error bars and of the outline of markers.
  public var outlineWidth = 0.22
  /// The diameter of a marker.
  public var markerSize = 1.7
  /// The length of a tick.
  public var tickLength = 0.9
  /// The distance that separates neighbouring parts.
  public var gap = 1.2
  /// The white border of a figure.
  public var margin = 1.5
  /// The colour of text, axes and error bars.
  public var ink = Color(0x1A1A1A)
  /// The colour of what explains and does not measure.
  public var mutedInk = Color(0x595959)
  /// The colour of grid lines.
  public var gridColor = Color(0xDCDCDC)
  /// The colour of a range that a figure points out, behind its data.
  public var highlightColor = Color(0xFFE889)
  /// The colour of the page.
  public var background = Color.white
  /// The colours, markers and dashes of the methods.
  public var palette = MethodPalette.standard

  /// Creates a theme with the values of the standard one.
  public init() {}

  /// The theme of all reports.
  public static let standard = Theme()

  /// The stroke of axes and ticks.
  var axisStroke: Stroke { Stroke(ink, width: axisWidth) }
  /// The stroke of grid lines.
  var gridStroke: Stroke { Stroke(gridColor, width: gridWidth) }
  /// The stroke of error bars and published values.
  var outlineStroke: Stroke { Stroke(ink, width: outlineWidth) }
}
