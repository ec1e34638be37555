/// A surface that can draw the primitives of a plan and measure text.
///
/// Positions and lengths are millimetres from the top left corner of the page. A renderer draws
/// what it is told and takes no decision of layout.
public protocol Renderer: AnyObject, TextMeasurer {
  /// Draws an open line through points.
  func polyline(_ points: [Point], stroke: Stroke)
  /// Draws a closed area with straight edges.
  func polygon(_ points: [Point], fill: Color?, stroke: Stroke?)
  /// Draws an upright rectangle.
  func rectangle(_ rect: Rect, fill: Color?, stroke: Stroke?)
  /// Draws a circle.
  func circle(at center: Point, radius: Double, fill: Color?, stroke: Stroke?)
  /// Sets one line of text.
  func text(_ label: TextLabel)
  /// Draws a picture scaled into a rectangle, its pixels kept sharp.
  func image(_ raster: Raster, in rect: Rect)
  /// Limits what follows to a rectangle.
  func beginClip(_ rect: Rect)
  /// Ends the limit set last.
  func endClip()
  /// Lets what follows become one picture of a rectangle; such pictures do not nest.
  func beginPixels(_ rect: Rect)
  /// Ends the picture.
  func endPixels()
}
