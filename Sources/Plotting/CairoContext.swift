import CCairo
import Foundation

/// A drawing context of cairo in millimetres, with the font options that all formats share.
///
/// Text is set by cairo's simple interface, one glyph after the other, without shaping. For what
/// figures need (Latin and Greek letters, X′, Ỹ, τ, ≥, superscripts) DejaVu Sans has a glyph per
/// character, so no Pango is called in: texts are first composed (Unicode NFC), which makes one
/// character of a letter and its mark wherever Unicode has one, as for Y and U+0303. A mark on a
/// letter without such a character, as on D, would stand beside its place: write those names out.
///
/// Hinting is off, so that text is as wide in pixels as in vectors and one layout serves all
/// formats.
final class CairoContext {
  let handle: OpaquePointer
  private let family: String

  /// Takes hold of `surface`, on which `unitsPerMillimetre` device units make a millimetre.
  init(surface: OpaquePointer?, unitsPerMillimetre: Double, family: String) throws(PlotError) {
    try Self.check(cairo_surface_status(surface), "make a surface")
    guard let handle = cairo_create(surface) else {
      throw .cairo(operation: "make a drawing context", message: "no context")
    }
    self.handle = handle
    self.family = family
    try check("make a drawing context")
    cairo_scale(handle, unitsPerMillimetre, unitsPerMillimetre)
    let options = cairo_font_options_create()
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_set_font_options(handle, options)
    cairo_font_options_destroy(options)
    cairo_set_line_join(handle, CAIRO_LINE_JOIN_ROUND)
  }

  deinit {
    cairo_destroy(handle)
  }

  /// Selects the family in the given size and weight.
  func select(_ font: Font) {
    cairo_select_font_face(
      handle, family, CAIRO_FONT_SLANT_NORMAL,
      font.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(handle, font.millimetres)
  }

  /// Sets one line of text at the current point.
  func show(_ text: String) {
    cairo_show_text(handle, Self.composed(text))
  }

  /// Returns a text in which letters and their marks are one character where Unicode has it.
  static func composed(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
  }

  /// Returns the advance width of `text` in millimetres.
  func width(of text: String, font: Font) -> Double {
    select(font)
    var extents = cairo_text_extents_t()
    cairo_text_extents(handle, Self.composed(text), &extents)
    return extents.x_advance
  }

  /// Throws when an operation on this context has failed.
  func check(_ operation: String) throws(PlotError) {
    try Self.check(cairo_status(handle), operation)
  }

  /// Throws when `status` is not success.
  static func check(_ status: cairo_status_t, _ operation: String) throws(PlotError) {
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .cairo(operation: operation, message: String(cString: cairo_status_to_string(status)))
    }
  }
}
