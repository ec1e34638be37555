import Datasets
import Experiments
import Foundation
import LabelNoise
import Methods
import RunStore
import Testing
import Torch

/// Runs of the smoke profile, small enough for tests.
enum SmokeRun {
  /// Whether the real files are there; tests that need them are skipped otherwise.
  static let hasData =
    FileManager.default.fileExists(
      atPath: FashionMNIST.defaultFolder.appendingPathComponent("train-images-idx3-ubyte.gz").path)
    || FileManager.default.fileExists(
      atPath: FashionMNIST.defaultFolder.appendingPathComponent("train-images-idx3-ubyte").path)

  /// A run of a method of the catalogue.
  static func specification(
    _ method: String = "ce", noise: NoiseModel = .symmetric(rate: 0.3), seed: Int = 1
  ) throws -> RunSpecification {
    let entry = try #require(MethodCatalog.entry(method))
    let benchmark = Profile.smoke.benchmarks[0]
    return Profile.smoke.run(
      on: benchmark, noise: noise,
      method: entry.configuration(for: Profile.smoke.setting(on: benchmark, noise: noise)),
      seed: seed)
  }

  static func executor(_ folder: URL) -> RunExecutor {
    RunExecutor(
      store: RunStore(root: folder), device: .cpu, checkpointInterval: 0)
  }
}
