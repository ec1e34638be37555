/// The bytes of the images that instance-dependent noise looks at.
///
/// Image i occupies `bytes[i * size ..< (i + 1) * size]`. The order of the bytes inside an image
/// decides which weight meets which pixel; data sets of this package give channel, row, column
/// (CHW).
public struct ImagePixels: Sendable {
  /// The bytes of all images, one image after the other.
  public let bytes: [UInt8]
  /// The number of bytes of one image.
  public let size: Int
  /// The number of images.
  public var count: Int { bytes.count / size }

  /// Creates pixels from the bytes of all images and the number of bytes of one, which must divide
  /// their count.
  public init(bytes: [UInt8], size: Int) {
    precondition(
      size > 0 && bytes.count.isMultiple(of: size),
      "\(bytes.count) bytes do not make images of \(size) bytes")
    self.bytes = bytes
    self.size = size
  }
}
