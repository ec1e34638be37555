import LabelNoise
import RunStore

/// One draw of noisy labels with the outside models that make images fit them.
///
/// Runs that share it share their modified images, whatever their method.
public struct EchoDraw: Codable, Hashable, Sendable {
  /// The images.
  public var data: DataSpecification
  /// The label noise.
  public var noise: NoiseModel
  /// The seed of the label noise.
  public var noiseSeed: UInt64
  /// The seed of the choice of validation images.
  public var splitSeed: UInt64
  /// The generator and the extractor.
  public var outside: OutsideSpecification

  /// The draw of a noise on a benchmark; nil where the benchmark has no outside models.
  public init?(_ benchmark: Benchmark, noise: NoiseModel, seed: Int) {
    guard let outside = benchmark.outside else { return nil }
    data = benchmark.data
    self.noise = noise
    noiseSeed = UInt64(seed)
    splitSeed = UInt64(seed)
    self.outside = outside
  }

  /// The draw that a run asks for; nil for a run that uses no outside models.
  public init?(of run: RunSpecification) {
    guard let outside = run.outside else { return nil }
    data = run.data
    noise = run.noise
    noiseSeed = run.seeds.noise
    splitSeed = run.seeds.split
    self.outside = outside
  }

  /// The key of the draw.
  public func key() throws -> RunKey { try RunKey(of: self) }

  /// Generator and extractor.
  var models: [Job] { [.generator(outside.generator), .extractor(outside.extractor)] }
}
