import Datasets
import Experiments
import Foundation
import LabelNoise
import Methods
import RunStore
import Testing
import Torch

/// EchoAlign with modified images that were made elsewhere.
@Suite(.enabled(if: SmokeRun.hasData, "needs Fashion-MNIST"))
struct ImportedEchoTests {
  private let folder: TemporaryFolder
  private let noise = NoiseModel.symmetric(rate: 0.3)

  init() throws { folder = try TemporaryFolder() }

  /// Algorithm 1 at the smoke scale, without a generator.
  private func specification() throws -> RunSpecification {
    var run = try SmokeRun.specification("echoalign-a", noise: noise)
    run.outside = nil
    return run
  }

  private func similarities(_ count: Int) -> [Float] {
    (0..<count).map { $0 % 3 == 0 ? 0.1 : 0.9 }
  }

  private func write(images count: Int, similarities values: [Float]) throws {
    let name = ImportedEcho.name(dataset: "fashion-mnist", noise: noise, seed: 1)
    #expect(name == "fashion-mnist-symmetric-30-seed1")
    let pixels = [UInt8](repeating: 7, count: count * 784)
    try NPYFile.encode(.from(pixels, shape: [count, 1, 28, 28])).write(
      to: folder.url.appendingPathComponent("\(name)-images.npy"))
    try NPYFile.encode(.from(values, shape: [values.count])).write(
      to: folder.url.appendingPathComponent("\(name)-similarities.npy"))
  }

  private func find() throws -> ImportedEcho? {
    try ImportedEcho.find(in: folder.url, dataset: "fashion-mnist", noise: noise, seed: 1)
  }

  private func execute(_ run: RunSpecification, from source: URL?) throws -> RunRecord? {
    let store = RunStore(root: folder.url.appendingPathComponent("runs-\(UUID().uuidString)"))
    let executor = RunExecutor(
      store: store, device: .cpu, data: DataSource(echoFolder: source), checkpointInterval: 0)
    _ = try executor.execute(run)
    return try store.record(of: try run.key())
  }

  @Test func aRunSelectsByTheSimilaritiesOfTheFiles() throws {
    var run = try specification()
    #expect(run.lacksOutside)
    #expect(try find() == nil)
    try write(images: 300, similarities: similarities(300))
    run.imported = try find()
    #expect(!run.lacksOutside)
    let record = try #require(try execute(run, from: folder.url))
    #expect(record.outcome == .done)
    let train = run.data.split(seed: 1).train
    let kept = train.count { $0 % 3 != 0 }
    #expect(record.scalars["selected-count"] == Double(kept))
    // Other similarities are another run.
    let key = try run.key()
    try write(images: 300, similarities: similarities(300).reversed())
    run.imported = try find()
    #expect(try run.key() != key)
  }

  @Test func filesThatAreNotThoseNamedAreRefused() throws {
    try write(images: 300, similarities: similarities(300))
    var run = try specification()
    run.imported = try find()
    #expect(throws: DatasetError.self) { try execute(run, from: nil) }
    try write(images: 300, similarities: [Float](repeating: 0.5, count: 300))
    let changed = #expect(throws: DatasetError.self) { try execute(run, from: folder.url) }
    #expect(changed?.description.contains("changed since the run was planned") == true)
    for (images, values) in [(299, similarities(300)), (300, similarities(299))] {
      try write(images: images, similarities: values)
      run.imported = try find()
      let shape = #expect(throws: DatasetError.self) { try execute(run, from: folder.url) }
      #expect(shape?.description.contains("expected") == true)
    }
    try write(images: 300, similarities: [.nan] + similarities(299))
    run.imported = try find()
    #expect(throws: DatasetError.self) { try execute(run, from: folder.url) }
    let name = ImportedEcho.name(dataset: "fashion-mnist", noise: noise, seed: 1)
    try FileManager.default.removeItem(
      at: folder.url.appendingPathComponent("\(name)-images.npy"))
    #expect(throws: DatasetError.self) { try find() }
  }
}
