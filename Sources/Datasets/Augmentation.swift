import SeededRandom
import Torch

/// What is done to a training image before a network sees it; test images are never augmented.
public enum Augmentation: String, Codable, Hashable, Sendable, CaseIterable {
  /// The image as it is.
  case none
  /// Zero padding of 4 pixels, a random crop back to size, and a mirror image in half of the cases.
  ///
  /// EchoAlign, appendix C; KevinCarpricorn/EchoAlign transforms.py.
  case cropAndFlip = "crop-and-flip"

  /// The pixels of zero padding on every side.
  static let padding = 4

  /// The draws of a batch: where each crop starts in the padded image, and in which direction it is read.
  public struct Draw {
    let top: Tensor
    let left: Tensor
    let sign: Tensor

    /// The draws of samples at positions.
    public func select(_ positions: Tensor) -> Draw {
      Draw(
        top: top.select(positions), left: left.select(positions), sign: sign.select(positions))
    }
  }

  /// Draws for every sample of an epoch, on a device; nil when nothing is drawn.
  ///
  /// A sample's draw depends on (stream, epoch, its identifier) alone, not on its place in the epoch.
  ///
  /// - Parameters:
  ///   - identifiers: The stable number of each sample.
  ///   - width: The images' width in pixels.
  ///   - epoch: The epoch over the whole run.
  ///   - stream: The augmentation stream.
  ///   - device: Where the draws are wanted.
  /// - Returns: One draw a sample, in the order of the identifiers.
  public func draw(
    identifiers: [Int], width: Int, epoch: Int, stream: SeedStream, on device: Device
  ) -> Draw? {
    guard self == .cropAndFlip else { return nil }
    var top: [Int] = []
    var left: [Int] = []
    var sign: [Int] = []
    let offsets = 2 * Self.padding + 1
    for identifier in identifiers {
      var generator = stream.generator(UInt64(epoch), UInt64(identifier))
      top.append(generator.uniform(below: offsets))
      let start = generator.uniform(below: offsets)
      let isMirrored = generator.uniform() < 0.5
      left.append(isMirrored ? start + width - 1 : start)
      sign.append(isMirrored ? -1 : 1)
    }
    let shape = [identifiers.count]
    return Draw(
      top: .from(top, shape: shape, on: device), left: .from(left, shape: shape, on: device),
      sign: .from(sign, shape: shape, on: device))
  }
}
