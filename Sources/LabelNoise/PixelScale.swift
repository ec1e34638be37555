/// The numbers that stand for a pixel's byte where noise depends on the images.
///
/// The scale changes the noise: with bytes the softmax of instance-dependent noise is all but
/// one-hot.
public enum PixelScale: String, Codable, Hashable, Sendable, CaseIterable {
  /// Bytes divided by 255, so 0...1, as in the code of EchoAlign and RTM.
  case unit
  /// The bytes themselves, 0...255, as in the code of the generator's authors and of PES.
  case byte

  /// What a byte is multiplied by.
  public var factor: Float {
    switch self {
    case .unit: return 1 / 255
    case .byte: return 1
    }
  }
}
