import CPNG

/// Reading of PNG images by libpng's simplified interface.
enum PNGFile {
  /// Reads a grey or colour image of 8 bits a channel.
  ///
  /// Palettes become colours. An image whose colours are declared in another space than sRGB is converted to sRGB.
  ///
  /// - Throws: ``DatasetError`` when the file is damaged, too large, of 16 bits or transparent.
  static func decode(_ bytes: [UInt8], name: String) throws -> DecodedImage {
    func damaged(_ reason: String) -> DatasetError { DatasetError(.damaged, "\(name): \(reason)") }
    // libpng keeps the address of this structure, so it must not move.
    let image = UnsafeMutablePointer<png_image>.allocate(capacity: 1)
    image.initialize(to: png_image())
    image.pointee.version = UInt32(PNG_IMAGE_VERSION)
    defer {
      png_image_free(image)
      image.deallocate()
    }
    return try bytes.withUnsafeBytes { source -> DecodedImage in
      guard png_image_begin_read_from_memory(image, source.baseAddress, source.count) != 0 else {
        throw damaged("expected a PNG image, found none (\(message(image))); replace it")
      }
      let (height, width) = (Int(image.pointee.height), Int(image.pointee.width))
      try DecodedImage.checkSize(height: height, width: width, name: name)
      let format = image.pointee.format
      guard format & UInt32(PNG_FORMAT_FLAG_LINEAR) == 0 else {
        throw damaged("expected 8 bits a channel, found 16; convert it")
      }
      let color = format & UInt32(PNG_FORMAT_FLAG_COLOR)
      let alpha = format & UInt32(PNG_FORMAT_FLAG_ALPHA)
      let channels = (color == 0 ? 1 : 3) + (alpha == 0 ? 0 : 1)
      image.pointee.format = color | alpha
      var pixels = [UInt8](repeating: 0, count: height * width * channels)
      guard png_image_finish_read(image, nil, &pixels, 0, nil) != 0 else {
        throw damaged("expected a whole PNG image, found a damaged one (\(message(image)))")
      }
      var decoded = DecodedImage(
        interleaved: pixels, height: height, width: width, channels: channels)
      if alpha != 0 {
        let opacity = decoded.planes.removeLast()
        guard opacity.allSatisfy({ $0 == 255 }) else {
          throw damaged(
            "expected an opaque image, found transparent pixels; put it on a background")
        }
      }
      return decoded
    }
  }

  private static func message(_ image: UnsafeMutablePointer<png_image>) -> String {
    withUnsafeBytes(of: image.pointee.message) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
