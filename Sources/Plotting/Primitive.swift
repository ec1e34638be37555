/// One drawing step of a plan: the whole vocabulary that charts have.
public enum Primitive: Hashable, Sendable {
  /// An open line through points.
  case polyline(points: [Point], stroke: Stroke)
  /// A closed area with straight edges.
  case polygon(points: [Point], fill: Color?, stroke: Stroke?)
  /// An upright rectangle.
  case rectangle(Rect, fill: Color?, stroke: Stroke?)
  /// A circle.
  case circle(center: Point, radius: Double, fill: Color?, stroke: Stroke?)
  /// One line of text.
  case text(TextLabel)
  /// A picture scaled into a rectangle, its pixels kept sharp.
  case image(Raster, in: Rect)
  /// Limits what follows to a rectangle, until the matching `endClip`.
  case beginClip(Rect)
  /// Ends the limit set last.
  case endClip
  /// Lets vector formats keep what follows as one picture of a rectangle, until the matching
  /// `endPixels`: thousands of markers are smaller as pixels than as outlines.
  case beginPixels(Rect)
  /// Ends the picture.
  case endPixels
}

/// The outcome of layout: a page size and the drawing steps in order.
public struct Plan: Hashable, Sendable {
  /// The size of the page in millimetres.
  public var size: Size
  /// The steps, first drawn first.
  public var primitives: [Primitive]

  /// Creates a plan.
  public init(size: Size, primitives: [Primitive]) {
    self.size = size
    self.primitives = primitives
  }

  /// Draws every step on a renderer, in order.
  public func draw(on renderer: some Renderer) {
    for primitive in primitives {
      switch primitive {
      case .polyline(let points, let stroke):
        renderer.polyline(points, stroke: stroke)
      case .polygon(let points, let fill, let stroke):
        renderer.polygon(points, fill: fill, stroke: stroke)
      case .rectangle(let rect, let fill, let stroke):
        renderer.rectangle(rect, fill: fill, stroke: stroke)
      case .circle(let center, let radius, let fill, let stroke):
        renderer.circle(at: center, radius: radius, fill: fill, stroke: stroke)
      case .text(let label):
        renderer.text(label)
      case .image(let raster, let rect):
        renderer.image(raster, in: rect)
      case .beginClip(let rect):
        renderer.beginClip(rect)
      case .endClip:
        renderer.endClip()
      case .beginPixels(let rect):
        renderer.beginPixels(rect)
      case .endPixels:
        renderer.endPixels()
      }
    }
  }
}
