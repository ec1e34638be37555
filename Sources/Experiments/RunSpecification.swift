import LabelNoise
import Methods
import Models
import NN
import RunStore
import Training

/// The seeds of a run's independent random streams.
///
/// Streams are told apart by their purpose, so equal seeds give independent draws; changing one leaves the others' draws as
/// they were.
public struct RunSeeds: Codable, Hashable, Sendable {
  /// Of the label noise.
  public var noise: UInt64
  /// Of the choice of validation images.
  public var split: UInt64
  /// Of the initial parameters.
  public var initialisation: UInt64
  /// Of the order of samples in each epoch.
  public var order: UInt64
  /// Of crops and mirror images.
  public var augmentation: UInt64

  /// Gives every stream the same root.
  public init(root: UInt64) {
    noise = root
    split = root
    initialisation = root
    order = root
    augmentation = root
  }
}

/// A run as a value: everything that decides its result, and nothing else.
///
/// Encoded canonically and hashed, it names the run's folder; equal specifications are the same run, whichever table
/// asks for it.
public struct RunSpecification: Codable, Hashable, Sendable {
  /// The version of this layout; results of another version are other runs.
  public static let currentVersion = 1

  /// The layout's version.
  public var version = Self.currentVersion
  /// The images.
  public var data: DataSpecification
  /// The label noise.
  public var noise: NoiseModel
  /// The network.
  public var model: ModelConfiguration
  /// The method.
  public var method: MethodConfiguration
  /// The shared protocol.
  public var trainingProtocol: TrainingProtocol
  /// The number format.
  public var precision: Precision
  /// The seeds.
  public var seeds: RunSeeds
  /// The generator and extractor trained on outside data; nil for methods that use neither.
  public var outside: OutsideSpecification?
  /// The external clean images, for the control that trains on them; nil for all others.
  public var external: ExternalSplit?
  /// Modified images that were made elsewhere, in place of ``outside``; nil for none.
  public var imported: ImportedEcho?

  /// Creates a specification in the current layout.
  ///
  /// What a method does not use of the outside data is left out, so that it does not enter its key.
  public init(
    data: DataSpecification, noise: NoiseModel, model: ModelConfiguration,
    method: MethodConfiguration, trainingProtocol: TrainingProtocol, precision: Precision,
    seeds: RunSeeds, outside: OutsideSpecification?
  ) {
    self.data = data
    self.noise = noise
    self.model = model
    self.method = method
    self.trainingProtocol = trainingProtocol
    self.precision = precision
    self.seeds = seeds
    let needs = method.recipe.needs
    self.outside = needs.contains(.echo) ? outside : nil
    external = needs.contains(.external) ? outside?.generator.split : nil
  }

  /// Whether something that the method needs from outside is not named.
  public var lacksOutside: Bool {
    let needs = method.recipe.needs
    return (needs.contains(.echo) && outside == nil && imported == nil)
      || (needs.contains(.external) && external == nil)
  }

  /// The run's key.
  public func key() throws -> RunKey { try RunKey(of: self) }
}
