import SeededRandom
import Torch

/// A classifier of images: a feature extractor with a linear head.
public protocol ImageClassifier {
  /// The penultimate representation, n x d.
  func features(_ images: Tensor, training: Bool) -> Tensor
  /// The logits of a representation, n x C.
  func logits(features: Tensor) -> Tensor
}

/// The number format in which a network computes.
public enum Precision: String, Codable, Hashable, Sendable, CaseIterable {
  /// Single precision throughout.
  case float32
  /// Convolutions and matrix products in bfloat16, parameters and reductions in float32.
  case bfloat16
}

/// A classifier together with its parameters, device and precision.
///
/// Inputs are float32 n x c x h x w; logits are float32 whatever the precision.
public final class Network {
  /// The parameters and buffers.
  public let store: ParameterStore
  private let classifier: any ImageClassifier
  private let precision: Precision

  /// Creates a network with fresh parameters from a stream.
  public init(
    stream: SeedStream, on device: Device, precision: Precision,
    make: (ParameterPath) -> any ImageClassifier
  ) {
    store = ParameterStore(stream: stream, on: device)
    classifier = make(store.root)
    self.precision = precision
  }

  /// The device of the parameters.
  public var device: Device { store.device }

  /// The logits, n x C.
  public func logits(_ images: Tensor, training: Bool) -> Tensor {
    inPrecision {
      classifier.logits(features: classifier.features(images.channelsLast(), training: training))
    }
  }

  /// The penultimate representation, n x d.
  public func features(_ images: Tensor, training: Bool) -> Tensor {
    inPrecision { classifier.features(images.channelsLast(), training: training) }
  }

  private func inPrecision(_ body: () -> Tensor) -> Tensor {
    guard precision == .bfloat16 else { return body() }
    return withAutocast(to: .bfloat16, on: device, body).to(.float32)
  }
}
