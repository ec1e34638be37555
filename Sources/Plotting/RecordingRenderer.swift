import Foundation

/// A renderer that only remembers what it was told, for tests of layout.
///
/// Its type is a fixed one: every character is 0.6 times the type size wide, so that a recorded
/// plan does not depend on the fonts of a machine.
public final class RecordingRenderer: Renderer {
  /// What was drawn, in order.
  public private(set) var primitives: [Primitive] = []

  /// Creates an empty recording.
  public init() {}

  /// Returns 0.6 times the type size for every character, in millimetres.
  public func width(of text: String, font: Font) -> Double {
    0.6 * font.millimetres * Double(text.count)
  }

  /// Records an open line.
  public func polyline(_ points: [Point], stroke: Stroke) {
    primitives.append(.polyline(points: points, stroke: stroke))
  }

  /// Records a closed area.
  public func polygon(_ points: [Point], fill: Color?, stroke: Stroke?) {
    primitives.append(.polygon(points: points, fill: fill, stroke: stroke))
  }

  /// Records a rectangle.
  public func rectangle(_ rect: Rect, fill: Color?, stroke: Stroke?) {
    primitives.append(.rectangle(rect, fill: fill, stroke: stroke))
  }

  /// Records a circle.
  public func circle(at center: Point, radius: Double, fill: Color?, stroke: Stroke?) {
    primitives.append(.circle(center: center, radius: radius, fill: fill, stroke: stroke))
  }

  /// Records a line of text.
  public func text(_ label: TextLabel) {
    primitives.append(.text(label))
  }

  /// Records a picture.
  public func image(_ raster: Raster, in rect: Rect) {
    primitives.append(.image(raster, in: rect))
  }

  /// Records the beginning of a limit.
  public func beginClip(_ rect: Rect) {
    primitives.append(.beginClip(rect))
  }

  /// Records the end of a limit.
  public func endClip() {
    primitives.append(.endClip)
  }

  /// Records the beginning of a picture.
  public func beginPixels(_ rect: Rect) {
    primitives.append(.beginPixels(rect))
  }

  /// Records the end of a picture.
  public func endPixels() {
    primitives.append(.endPixels)
  }

  /// The recording as text: one line per primitive, millimetres with three decimals.
  public var transcript: String {
    primitives.map { Self.line(for: $0) + "\n" }.joined()
  }

  private static func line(for primitive: Primitive) -> String {
    switch primitive {
    case .polyline(let points, let stroke):
      "polyline \(text(points)) \(text(stroke))"
    case .polygon(let points, let fill, let stroke):
      "polygon \(text(points)) fill \(text(fill)) \(text(stroke))"
    case .rectangle(let rect, let fill, let stroke):
      "rectangle \(text(rect)) fill \(text(fill)) \(text(stroke))"
    case .circle(let center, let radius, let fill, let stroke):
      "circle \(text([center])) radius \(text(radius)) fill \(text(fill)) \(text(stroke))"
    case .text(let label):
      "text \"\(label.text)\" \(text([label.position])) \(label.anchor.rawValue)"
        + " \(text(label.font.size))pt\(label.font.isBold ? " bold" : "") \(label.color)"
        + (label.rotation == 0 ? "" : " turned \(text(label.rotation))")
    case .image(let raster, let rect):
      "image \(raster.width)x\(raster.height)x\(raster.channels) \(text(rect))"
    case .beginClip(let rect):
      "clip \(text(rect))"
    case .endClip:
      "end clip"
    case .beginPixels(let rect):
      "pixels \(text(rect))"
    case .endPixels:
      "end pixels"
    }
  }

  private static func text(_ value: Double) -> String {
    let rounded = String(format: "%.3f", value)
    return rounded == "-0.000" ? "0.000" : rounded
  }

  private static func text(_ points: [Point]) -> String {
    points.map { "(\(text($0.x)),\(text($0.y)))" }.joined(separator: " ")
  }

  private static func text(_ rect: Rect) -> String {
    "(\(text(rect.x)),\(text(rect.y))) \(text(rect.width))x\(text(rect.height))"
  }

  private static func text(_ color: Color?) -> String {
    color.map(\.description) ?? "none"
  }

  private static func text(_ stroke: Stroke?) -> String {
    guard let stroke else { return "stroke none" }
    return "stroke \(stroke.color) \(text(stroke.width)) \(stroke.dash.rawValue)"
  }
}
