/// An image file's pixels, plane by plane.
struct DecodedImage {
  /// The most pixels an image may have on a side.
  static let sideLimit = 1024

  /// Height and width.
  var size: [Int]
  /// Grey, or red, green and blue: each plane row-major, 0...255.
  var planes: [[UInt8]]

  /// Separates interleaved pixels; every one of `channels` bytes.
  init(interleaved bytes: [UInt8], height: Int, width: Int, channels: Int) {
    size = [height, width]
    planes = (0..<channels).map { channel in
      stride(from: channel, to: bytes.count, by: channels).map { bytes[$0] }
    }
  }

  /// The planes in a row; a grey image is given three equal ones where colour is wanted.
  func pixels(channels: Int) -> [UInt8] {
    let wanted = planes.count == channels ? planes : Array(repeating: planes[0], count: channels)
    return wanted.flatMap(\.self)
  }

  /// Reads an image file by its ending.
  ///
  /// - Throws: ``DatasetError`` when it cannot be read; `name` stands for the file.
  static func decode(_ bytes: [UInt8], ending: String, name: String) throws -> DecodedImage {
    switch ending.lowercased() {
    case "png": return try PNGFile.decode(bytes, name: name)
    case "jpg", "jpeg": return try JPEGFile.decode(bytes, name: name)
    default:
      throw DatasetError(
        .damaged,
        "\(name): expected a file that ends in .png, .jpg or .jpeg, found another one; convert or "
          + "remove it")
    }
  }

  /// The error of an image with too many pixels on a side, or with none.
  static func checkSize(height: Int, width: Int, name: String) throws {
    guard (1...sideLimit).contains(height), (1...sideLimit).contains(width) else {
      throw DatasetError(
        .damaged,
        "\(name): expected 1 to \(sideLimit) pixels on a side, found \(height) x \(width); "
          + "scale it")
    }
  }
}
