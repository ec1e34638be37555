import CCairo
import Foundation

/// A renderer that draws with cairo and yields the bytes of a PNG, SVG or PDF file.
///
/// Equal input yields equal bytes on one machine: dates are left out, and counters that cairo
/// keeps for the whole process are renumbered.
public final class CairoRenderer: Renderer {
  /// The pixels of a PNG per millimetre at scale 1: 96 per inch.
  public static let pixelsPerMillimetre = 96 / 25.4

  private let format: FigureFormat
  private let surface: OpaquePointer
  private let page: CairoContext
  private let family: String
  private let sink: ByteSink
  private var layer: CairoLayer?
  private var layerError: PlotError?

  /// The context that is drawn on: the page's, or that of the picture begun on it.
  private var context: CairoContext { layer?.context ?? page }

  /// Creates a white page.
  ///
  /// - Parameters:
  ///   - size: the page in millimetres.
  ///   - format: the file format of the outcome.
  ///   - scale: how many times 96 pixels per inch a PNG has; without effect on vectors.
  ///   - theme: where font family and background come from.
  /// - Throws: `PlotError.cairo` when the surface cannot be made.
  public init(
    size: Size, format: FigureFormat, scale: Double = 2, theme: Theme = .standard
  ) throws(PlotError) {
    let sink = ByteSink()
    let target = Unmanaged.passUnretained(sink).toOpaque()
    let points = 72 / 25.4
    let pixels = Self.pixelsPerMillimetre * scale
    let made: OpaquePointer? =
      switch format {
      case .png:
        cairo_image_surface_create(
          CAIRO_FORMAT_RGB24, Int32((size.width * pixels).rounded(.up)),
          Int32((size.height * pixels).rounded(.up)))
      case .svg:
        cairo_svg_surface_create_for_stream(
          ByteSink.write, target, size.width * points, size.height * points)
      case .pdf:
        cairo_pdf_surface_create_for_stream(
          ByteSink.write, target, size.width * points, size.height * points)
      }
    guard let made else {
      throw .cairo(operation: "make a \(format.rawValue) surface", message: "no surface")
    }
    do {
      page = try CairoContext(
        surface: made, unitsPerMillimetre: format == .png ? pixels : points,
        family: theme.fontFamily)
    } catch {
      cairo_surface_destroy(made)
      throw error
    }
    surface = made
    family = theme.fontFamily
    self.format = format
    self.sink = sink
    if format == .pdf {
      cairo_pdf_surface_set_metadata(made, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    }
    use(theme.background)
    cairo_paint(page.handle)
  }

  deinit {
    cairo_surface_destroy(surface)
  }

  /// Ends the page and returns the bytes of the file.
  ///
  /// - Throws: `PlotError.cairo` when any step since the beginning has failed.
  public func finish() throws(PlotError) -> [UInt8] {
    if let layerError { throw layerError }
    try page.check("draw")
    if format == .png {
      cairo_surface_flush(surface)
      try CairoContext.check(
        cairo_surface_write_to_png_stream(
          surface, ByteSink.write, Unmanaged.passUnretained(sink).toOpaque()), "encode a PNG")
      return sink.bytes
    }
    cairo_show_page(page.handle)
    try page.check("end the page")
    cairo_surface_finish(surface)
    try CairoContext.check(cairo_surface_status(surface), "finish a \(format.rawValue) file")
    return format == .svg
      ? SVGIdentifiers.renumbered(sink.bytes) : PDFDate.blanked(sink.bytes)
  }

  /// Returns the advance width of one line of text in millimetres.
  public func width(of text: String, font: Font) -> Double {
    context.width(of: text, font: font)
  }

  /// Draws an open line through points.
  public func polyline(_ points: [Point], stroke: Stroke) {
    trace(points)
    paint(fill: nil, stroke: stroke)
  }

  /// Draws a closed area with straight edges.
  public func polygon(_ points: [Point], fill: Color?, stroke: Stroke?) {
    trace(points)
    cairo_close_path(context.handle)
    paint(fill: fill, stroke: stroke)
  }

  /// Draws an upright rectangle.
  public func rectangle(_ rect: Rect, fill: Color?, stroke: Stroke?) {
    cairo_rectangle(context.handle, rect.x, rect.y, rect.width, rect.height)
    paint(fill: fill, stroke: stroke)
  }

  /// Draws a circle.
  public func circle(at center: Point, radius: Double, fill: Color?, stroke: Stroke?) {
    cairo_new_sub_path(context.handle)
    cairo_arc(context.handle, center.x, center.y, radius, 0, 2 * .pi)
    cairo_close_path(context.handle)
    paint(fill: fill, stroke: stroke)
  }

  /// Sets one line of text.
  public func text(_ label: TextLabel) {
    let shift: Double =
      switch label.anchor {
      case .start: 0
      case .middle: -width(of: label.text, font: label.font) / 2
      case .end: -width(of: label.text, font: label.font)
      }
    cairo_save(context.handle)
    context.select(label.font)
    cairo_translate(context.handle, label.position.x, label.position.y)
    cairo_rotate(context.handle, label.rotation * .pi / 180)
    cairo_move_to(context.handle, shift, 0)
    use(label.color)
    context.show(label.text)
    cairo_restore(context.handle)
  }

  /// Draws a picture scaled into a rectangle, its pixels kept sharp.
  ///
  /// Vector formats leave the interpolation to the viewer, so there every pixel is first repeated
  /// until the picture has 300 pixels per inch.
  public func image(_ raster: Raster, in rect: Rect) {
    let wanted = 300 / 25.4 * rect.width / Double(raster.width)
    let factor = format == .png ? 1 : max(1, Int(wanted.rounded(.up)))
    let picture = CairoPicture(raster, enlargedBy: factor)
    cairo_save(context.handle)
    cairo_translate(context.handle, rect.x, rect.y)
    cairo_scale(
      context.handle, rect.width / Double(picture.width), rect.height / Double(picture.height))
    cairo_set_source_surface(context.handle, picture.surface, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context.handle), CAIRO_FILTER_NEAREST)
    cairo_paint(context.handle)
    cairo_restore(context.handle)
  }

  /// Limits what follows to a rectangle.
  public func beginClip(_ rect: Rect) {
    cairo_save(context.handle)
    cairo_rectangle(context.handle, rect.x, rect.y, rect.width, rect.height)
    cairo_clip(context.handle)
  }

  /// Ends the limit set last.
  public func endClip() {
    cairo_restore(context.handle)
  }

  /// Lets what follows become one picture of 300 pixels per inch in an SVG.
  ///
  /// Without effect on a PNG, and on a PDF, whose compressed outlines are smaller than pixels:
  /// 5,000 markers over a column's width take 0.2 MB as outlines and 0.6 MB as pixels in a PDF,
  /// 1.5 MB and 0.6 MB in an SVG.
  public func beginPixels(_ rect: Rect) {
    guard format == .svg, rect.width > 0, rect.height > 0 else { return }
    precondition(layer == nil, "pictures do not nest")
    do {
      layer = try CairoLayer(of: rect, family: family)
    } catch {
      layerError = layerError ?? error
    }
  }

  /// Draws the picture onto the page.
  public func endPixels() {
    guard let layer else { return }
    self.layer = nil
    do {
      try layer.paint(on: page)
    } catch {
      layerError = layerError ?? error
    }
  }

  private func trace(_ points: [Point]) {
    for (index, point) in points.enumerated() {
      if index == 0 {
        cairo_move_to(context.handle, point.x, point.y)
      } else {
        cairo_line_to(context.handle, point.x, point.y)
      }
    }
  }

  private func paint(fill: Color?, stroke: Stroke?) {
    if let fill {
      use(fill)
      cairo_fill_preserve(context.handle)
    }
    if let stroke {
      use(stroke.color)
      cairo_set_line_width(context.handle, stroke.width)
      let pattern = stroke.dash.pattern.map { $0 * stroke.width }
      cairo_set_dash(context.handle, pattern, Int32(pattern.count), 0)
      cairo_stroke_preserve(context.handle)
    }
    cairo_new_path(context.handle)
  }

  private func use(_ color: Color) {
    cairo_set_source_rgba(context.handle, color.red, color.green, color.blue, color.alpha)
  }
}
