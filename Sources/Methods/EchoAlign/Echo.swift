import Torch
import Training

/// What EchoMod and EchoSelect's extractor say about a training set.
public struct Echo {
  /// The modified image of each sample, n x c x h x w, uint8, on the samples' device.
  public let images: Tensor
  /// The similarity of each sample's modified image to its original, the cosine of their features.
  public let similarities: [Double]

  /// Creates an echo.
  public init(images: Tensor, similarities: [Double]) {
    self.images = images
    self.similarities = similarities
  }
}

/// Where modified images come from: a generator and a feature extractor trained on outside data.
public protocol EchoSource {
  /// The echo of samples under their given labels; the same samples always give the same echo.
  func echo(of samples: TrainingSet) throws -> Echo
}
