/// A file format of a figure.
public enum FigureFormat: String, CaseIterable, Hashable, Sendable {
  /// A picture of pixels.
  case png
  /// A vector graphic for the web, its text as outlines.
  case svg
  /// A vector graphic for print, its fonts embedded.
  case pdf
}
