import CCairo

/// A raster as an image surface of cairo, each pixel repeated a whole number of times.
final class CairoPicture {
  let surface: OpaquePointer?
  let width: Int
  let height: Int

  init(_ raster: Raster, enlargedBy factor: Int) {
    width = raster.width * factor
    height = raster.height * factor
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    guard let data = cairo_image_surface_get_data(surface) else { return }
    cairo_surface_flush(surface)
    let stride = Int(cairo_image_surface_get_stride(surface))
    for row in 0..<height {
      let line = UnsafeMutableRawPointer(data + row * stride).assumingMemoryBound(to: UInt32.self)
      for column in 0..<width {
        let pixel = raster.pixel(row: row / factor, column: column / factor)
        line[column] = UInt32(pixel.red) << 16 | UInt32(pixel.green) << 8 | UInt32(pixel.blue)
      }
    }
    cairo_surface_mark_dirty(surface)
  }

  deinit {
    cairo_surface_destroy(surface)
  }
}
