import CTurboJPEG

/// Reading of JPEG images by libjpeg-turbo.
enum JPEGFile {
  /// Reads a grey or colour image.
  ///
  /// Another release of the library may differ by one in some pixels; the content digest then tells.
  ///
  /// - Throws: ``DatasetError`` when the file is damaged, too large, or in inks (CMYK).
  static func decode(_ bytes: [UInt8], name: String) throws -> DecodedImage {
    func damaged(_ reason: String) -> DatasetError { DatasetError(.damaged, "\(name): \(reason)") }
    guard let decoder = tjInitDecompress() else {
      throw damaged("libjpeg-turbo could not start; free some memory")
    }
    defer { tjDestroy(decoder) }
    func message() -> String { tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "" }
    var (width, height, subsampling, space) = (Int32(0), Int32(0), Int32(0), Int32(0))
    let count = UInt(bytes.count)
    guard
      tjDecompressHeader3(decoder, bytes, count, &width, &height, &subsampling, &space) == 0
    else { throw damaged("expected a JPEG image, found none (\(message())); replace it") }
    try DecodedImage.checkSize(height: Int(height), width: Int(width), name: name)
    guard space != TJCS_CMYK.rawValue, space != TJCS_YCCK.rawValue else {
      throw damaged("expected grey or RGB, found CMYK; convert it")
    }
    let isGrey = space == TJCS_GRAY.rawValue
    let channels = isGrey ? 1 : 3
    var pixels = [UInt8](repeating: 0, count: Int(height) * Int(width) * channels)
    let flags = TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
    let format = Int32(bitPattern: UInt32(isGrey ? TJPF_GRAY.rawValue : TJPF_RGB.rawValue))
    guard
      tjDecompress2(decoder, bytes, count, &pixels, width, 0, height, format, flags) == 0
    else { throw damaged("expected a whole JPEG image, found a damaged one (\(message()))") }
    return DecodedImage(
      interleaved: pixels, height: Int(height), width: Int(width), channels: channels)
  }
}
