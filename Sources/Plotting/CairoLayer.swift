import CCairo

/// A transparent picture of part of a page, which a vector format holds as pixels.
final class CairoLayer {
  /// The pixels per millimetre: 300 per inch, about what the eye resolves on paper.
  static let pixelsPerMillimetre = 300 / 25.4

  /// The context that draws on the picture, in the page's millimetres.
  let context: CairoContext
  private let surface: OpaquePointer
  private let area: Rect

  /// Creates an empty picture of a part of a page, which is made larger to whole pixels.
  init(of rect: Rect, family: String) throws(PlotError) {
    let scale = Self.pixelsPerMillimetre
    let columns = (rect.width * scale).rounded(.up)
    let rows = (rect.height * scale).rounded(.up)
    guard
      let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(columns), Int32(rows))
    else {
      throw .cairo(operation: "make a picture", message: "no surface")
    }
    do {
      context = try CairoContext(surface: surface, unitsPerMillimetre: scale, family: family)
    } catch {
      cairo_surface_destroy(surface)
      throw error
    }
    self.surface = surface
    area = Rect(x: rect.x, y: rect.y, width: columns / scale, height: rows / scale)
    cairo_translate(context.handle, -area.x, -area.y)
  }

  deinit {
    cairo_surface_destroy(surface)
  }

  /// Draws the picture at its place on the page.
  ///
  /// - Throws: `PlotError.cairo` when any step on the picture has failed.
  func paint(on page: CairoContext) throws(PlotError) {
    try context.check("draw a picture")
    cairo_surface_flush(surface)
    cairo_save(page.handle)
    cairo_translate(page.handle, area.x, area.y)
    cairo_scale(page.handle, 1 / Self.pixelsPerMillimetre, 1 / Self.pixelsPerMillimetre)
    cairo_set_source_surface(page.handle, surface, 0, 0)
    cairo_paint(page.handle)
    cairo_restore(page.handle)
  }
}
