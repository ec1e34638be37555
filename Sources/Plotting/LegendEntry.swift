/// One line of a legend: a sample of what is drawn and what it means.
public struct LegendEntry: Hashable, Sendable {
  /// What is shown in front of the text.
  public enum Sample: Hashable, Sendable {
    /// A filled rectangle, with a marker on it when there is one.
    case bar(Color, Marker?)
    /// A piece of line, with a marker on it when there is one.
    case line(Stroke, Marker?)
    /// A marker alone.
    case marker(Marker, Color)
    /// A translucent band.
    case band(Color)
    /// An error bar.
    case errorBar
    /// A node of a diagram: a box or a circle with an outline.
    case shape(fill: Color, stroke: Stroke, isRound: Bool)
    /// The mark of an absent number; hatched behind for cells.
    case absence(String, hatched: Bool)
  }

  /// The sample.
  public var sample: Sample
  /// The meaning.
  public var text: String
  /// Whether the entry explains a sign and stands after the series, in a row of its own kind.
  public var isNote: Bool

  /// Creates an entry.
  public init(_ sample: Sample, _ text: String, isNote: Bool = false) {
    self.sample = sample
    self.text = text
    self.isNote = isNote
  }
}
