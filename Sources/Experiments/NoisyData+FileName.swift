import LabelNoise

extension NoisyData {
  /// The name under which a store keeps the noisy labels of a run; nothing is read or drawn.
  public static func fileName(of run: RunSpecification) -> String {
    run.noise.fileName(
      dataset: name(of: run.data), count: run.data.poolCount, seed: run.seeds.noise)
  }
}
