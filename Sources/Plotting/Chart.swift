/// A picture of data as a value: it can be checked, laid out and written as a table.
///
/// A chart knows its data and labels; sizes, fonts and colours come from the theme, title, legend
/// and note are placed around it by `Figure`.
public protocol Chart: Sendable {
  /// The numbers shown, for the CSV file beside the figure.
  var table: DataTable { get }

  /// Throws when the chart holds a number that cannot be drawn.
  func validate() throws(PlotError)

  /// Returns the entries of the legend, in the order of the data.
  func legend(theme: Theme) -> [LegendEntry]

  /// Returns a size in millimetres that suits the chart, at most `width` wide, without legend and
  /// title.
  func preferredSize(width: Double, context: LayoutContext) -> Size

  /// Lays the chart out in a rectangle and returns the steps that draw it.
  func primitives(in rect: Rect, context: LayoutContext) -> [Primitive]
}
