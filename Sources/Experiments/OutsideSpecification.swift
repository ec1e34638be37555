import Generative
import Models
import RunStore
import Training

/// The generator and the feature extractor that EchoAlign takes from outside, as values.
public struct OutsideSpecification: Codable, Hashable, Sendable {
  /// The generator of modified images.
  public var generator: GeneratorSpecification
  /// The feature extractor.
  public var extractor: ExtractorSpecification

  /// Creates a specification.
  public init(generator: GeneratorSpecification, extractor: ExtractorSpecification) {
    self.generator = generator
    self.extractor = extractor
  }
}

/// A generator with the external images it is trained on.
public struct GeneratorSpecification: Codable, Hashable, Sendable {
  /// The external images.
  public var split: ExternalSplit
  /// Architecture, training and sampling.
  public var configuration: EchoModConfiguration
  /// The seed of its initial parameters, training noise and sampling noise.
  public var seed: UInt64

  /// Creates a specification.
  public init(split: ExternalSplit, configuration: EchoModConfiguration, seed: UInt64) {
    self.split = split
    self.configuration = configuration
    self.seed = seed
  }

  /// What decides the trained weights: everything but the sampling.
  private struct Weights: Codable {
    var split: ExternalSplit
    var size: DenoiserSize
    var canny: CannyEdges
    var denoiser: EchoModConfiguration.Training
    var control: EchoModConfiguration.Training
    var seed: UInt64
  }

  /// The key of the trained weights, which other sampling settings share.
  public func weightsKey() throws -> RunKey {
    try RunKey(
      of: Weights(
        split: split, size: configuration.size, canny: configuration.canny,
        denoiser: configuration.denoiser, control: configuration.control, seed: seed))
  }

  /// The key of the images that the generator makes.
  public func key() throws -> RunKey { try RunKey(of: self) }
}

/// A feature extractor with the external images it is trained on: a classifier whose last representation is used.
public struct ExtractorSpecification: Codable, Hashable, Sendable {
  /// The external images.
  public var split: ExternalSplit
  /// The architecture.
  public var model: ModelConfiguration
  /// How it is trained.
  public var trainingProtocol: TrainingProtocol
  /// The seed of its initial parameters and data order.
  public var seed: UInt64
  /// Whether the mean feature of the external images is taken off before similarities.
  public var isCentred: Bool

  /// Creates a specification.
  public init(
    split: ExternalSplit, model: ModelConfiguration, trainingProtocol: TrainingProtocol,
    seed: UInt64, isCentred: Bool
  ) {
    self.split = split
    self.model = model
    self.trainingProtocol = trainingProtocol
    self.seed = seed
    self.isCentred = isCentred
  }

  /// The key of the trained extractor.
  public func key() throws -> RunKey { try RunKey(of: self) }
}
