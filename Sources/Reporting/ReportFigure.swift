import Plotting

/// A figure of a report with the words around it.
public struct ReportFigure: Sendable {
  /// The identifier in kebab-case; also the name of its files.
  public var id: String
  /// The caption, in whole sentences.
  public var caption: String
  /// What the picture shows, for readers who cannot see it.
  public var altText: String
  /// The picture.
  public var figure: Figure
  /// Whether it may stand beside others of its kind.
  public var isSmall: Bool

  /// Creates a figure.
  public init(
    id: String, caption: String, altText: String, figure: Figure, isSmall: Bool = false
  ) {
    self.id = id
    self.caption = caption
    self.altText = altText
    self.figure = figure
    self.isSmall = isSmall
  }
}
