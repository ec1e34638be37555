/// A picture of bytes: grey (one channel) or RGB (three channels), pixel by pixel, row by row.
public struct Raster: Hashable, Sendable {
  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The number of bytes per pixel: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// The bytes, `height * width * channels` of them.
  public let bytes: [UInt8]

  /// Creates a picture from interleaved bytes (height, width, channel).
  public init(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
    precondition(channels == 1 || channels == 3, "a raster has 1 or 3 channels, not \(channels)")
    precondition(
      width > 0 && height > 0 && bytes.count == width * height * channels,
      "\(bytes.count) bytes are no raster of \(width) x \(height) x \(channels)")
    self.width = width
    self.height = height
    self.channels = channels
    self.bytes = bytes
  }

  /// Creates a picture from one plane per channel (channel, height, width), as data sets hold it.
  public init(width: Int, height: Int, planes bytes: [UInt8]) {
    let size = width * height
    precondition(
      size > 0 && (bytes.count == size || bytes.count == 3 * size),
      "\(bytes.count) bytes are neither one nor three planes of \(width) x \(height)")
    let channels = bytes.count / size
    var interleaved: [UInt8] = []
    interleaved.reserveCapacity(bytes.count)
    for pixel in 0..<size {
      for channel in 0..<channels {
        interleaved.append(bytes[channel * size + pixel])
      }
    }
    self.init(width: width, height: height, channels: channels, bytes: interleaved)
  }

  /// Red, green and blue of the pixel at a row and a column.
  public func pixel(row: Int, column: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
    let start = (row * width + column) * channels
    return channels == 1
      ? (bytes[start], bytes[start], bytes[start])
      : (bytes[start], bytes[start + 1], bytes[start + 2])
  }
}
