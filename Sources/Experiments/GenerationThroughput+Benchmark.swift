import Datasets
import Generative

extension ThroughputSpecification {
  /// The sides in units of the benchmark's own images: the ratio of the paper's 256, 512 and 768 pixels.
  private static let multiples = [1, 2, 3]
  /// The numbers of images made at a time in the paper's Table 6.
  private static let paperBatches = [1, 8, 16]
  /// How often each point is measured: enough to tell orders apart, in under a minute at small scales.
  private static let usualRepeats = 5

  /// The measurement of a benchmark's generator on this machine; nil for a benchmark without generator.
  ///
  /// - Parameters:
  ///   - benchmark: The benchmark; its generator's sides are the side of its images, twice and three times that.
  ///   - device: The device, as text.
  ///   - threads: The tensor threads.
  public init?(_ benchmark: Benchmark, device: String, threads: Int) {
    guard let generator = benchmark.outside?.generator,
      let shape = DatasetCatalog.shape(of: generator.split.dataset)
    else { return nil }
    let patch = generator.configuration.size.patch
    // A side that no whole number of patches fills is rounded up to one.
    let side = (shape[1] + patch - 1) / patch * patch
    self.init(
      configuration: generator.configuration, channels: shape[0],
      sides: Self.multiples.map { $0 * side }, batches: Self.paperBatches,
      repeats: Self.usualRepeats, device: device, threads: threads)
  }
}
