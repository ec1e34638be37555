import Torch

/// Images resident on a device as bytes, from which normalised float batches are gathered.
///
/// Nothing goes back to the host: gathering, cropping, flipping and normalising are operations of the device.
public final class ImageBank {
  /// The images, n x channels x height x width, uint8.
  public let images: Tensor
  private let scale: Tensor
  private let shift: Tensor
  private let padding = Augmentation.padding

  /// Puts images on a device.
  ///
  /// - Parameters:
  ///   - pixels: n x channels x height x width bytes, row-major.
  ///   - shape: Channels, height and width.
  ///   - mean: The mean of each channel on the 0...1 scale.
  ///   - standardDeviation: The standard deviation of each channel on the 0...1 scale.
  ///   - device: Where they live.
  public convenience init(
    pixels: [UInt8], shape: [Int], mean: [Float], standardDeviation: [Float], on device: Device
  ) {
    let count = pixels.count / shape.reduce(1, *)
    self.init(
      images: Tensor.from(pixels, shape: [count] + shape, on: device), mean: mean,
      standardDeviation: standardDeviation)
  }

  /// Puts images on a device; on the processor they share the memory of the pixels.
  ///
  /// - Parameters:
  ///   - pixels: n x channels x height x width bytes, row-major.
  ///   - shape: Channels, height and width.
  ///   - mean: The mean of each channel on the 0...1 scale.
  ///   - standardDeviation: The standard deviation of each channel on the 0...1 scale.
  ///   - device: Where they live.
  public convenience init(
    pixels: PixelBytes, shape: [Int], mean: [Float], standardDeviation: [Float], on device: Device
  ) {
    let count = pixels.count / shape.reduce(1, *)
    self.init(
      images: pixels.tensor(shape: [count] + shape, on: device), mean: mean,
      standardDeviation: standardDeviation)
  }

  /// Wraps images that are on their device already.
  ///
  /// - Precondition: `images` is uint8 of n x c x h x w with as many channels as means.
  public init(images: Tensor, mean: [Float], standardDeviation: [Float]) {
    precondition(
      images.type == .uint8 && images.rank == 4 && images.shape[1] == mean.count,
      "expected uint8 images of \(mean.count) channels, found \(images.summary)")
    self.images = images
    let channels = [1, mean.count, 1, 1]
    let device = images.device
    // (x / 255 − mean) / deviation, as one multiplication and one addition.
    scale = Tensor.from(standardDeviation.map { 1 / (255 * $0) }, shape: channels, on: device)
    shift = Tensor.from(
      zip(mean, standardDeviation).map { -$0 / $1 }, shape: channels, on: device)
  }

  private init(images: Tensor, scale: Tensor, shift: Tensor) {
    self.images = images
    self.scale = scale
    self.shift = shift
  }

  /// The number of images.
  public var count: Int { images.shape[0] }

  /// Normalised images at rows, b x c x h x w, float32.
  public func batch(rows: Tensor) -> Tensor { normalise(images.select(rows)) }

  /// Normalised images at consecutive rows.
  public func batch(from start: Int, length: Int) -> Tensor {
    normalise(images.narrow(0, from: start, length: length))
  }

  /// Normalised images at rows, each cropped from its zero-padded form and perhaps mirrored as drawn.
  public func batch(rows: Tensor, augmented draw: Augmentation.Draw) -> Tensor {
    let shape = images.shape
    let device = images.device
    let channels = Tensor.range(0..<shape[1], on: device).reshape([1, shape[1], 1, 1])
    let vertical =
      draw.top.reshape([-1, 1, 1, 1])
      + Tensor.range(0..<shape[2], on: device).reshape([1, 1, -1, 1])
    // A mirrored column j reads column width − 1 − j: sign −1 and start width − 1.
    let across = Tensor.range(0..<shape[3], on: device).reshape([1, 1, 1, -1])
    let horizontal =
      draw.left.reshape([-1, 1, 1, 1]) + across * draw.sign.reshape([-1, 1, 1, 1])
    // The batch alone is padded: a padded copy of all images would be a half larger than they are.
    let padded = images.select(rows).padded([padding, padding, padding, padding])
    let places = Tensor.range(0..<rows.count, on: device).reshape([-1, 1, 1, 1])
    return normalise(padded.indexed(by: [places, channels, vertical, horizontal]))
  }

  private func normalise(_ bytes: Tensor) -> Tensor { bytes.to(.float32) * scale + shift }
}

extension ImageBank {
  /// A bank of other images with the same normalisation.
  public func replacing(images: Tensor) -> ImageBank {
    ImageBank(images: images, scale: scale, shift: shift)
  }
}
