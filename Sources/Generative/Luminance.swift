/// The grey image of a colour image.
public enum Luminance {
  /// The weights of red, green and blue, in parts of 2¹⁵.
  private static let weights = (red: 9_798, green: 19_235, blue: 3_735)

  /// The luminance of each pixel, Y = 0.299 R + 0.587 G + 0.114 B, rounded.
  ///
  /// Of Rec. ITU-R BT.601, with the weights rounded to 15 binary digits as in OpenCV's conversion from RGB to grey, whose
  /// bytes these are.
  ///
  /// - Parameter pixels: 3 x n bytes: all reds, then all greens, then all blues.
  /// - Returns: n bytes.
  public static func grey(of pixels: some Collection<UInt8>) -> [UInt8] {
    let bytes = Array(pixels)
    precondition(bytes.count % 3 == 0, "\(bytes.count) bytes are no red, green and blue plane")
    let count = bytes.count / 3
    return (0..<count).map { place in
      let sum =
        weights.red * Int(bytes[place]) + weights.green * Int(bytes[count + place])
        + weights.blue * Int(bytes[2 * count + place])
      return UInt8((sum + (1 << 14)) >> 15)
    }
  }
}
