import Datasets
import Experiments
import Foundation
import RunExport
import RunStore

extension RunsCommand {
  /// Labels and assets as specifications name them.
  static let references = RunReferences(
    noiseFile: { tree in specification(tree).map(NoisyData.fileName(of:)) },
    assets: { tree in
      guard let outside = specification(tree)?.outside,
        let generator = try? outside.generator.weightsKey(),
        let extractor = try? outside.extractor.key()
      else { return [] }
      return [
        .init(kind: "generator", key: generator), .init(kind: "extractor", key: extractor),
      ]
    })

  /// A specification of the present layout; nil for others.
  private static func specification(_ tree: JSONValue) -> RunSpecification? {
    (try? CanonicalJSON.encode(tree)).flatMap {
      try? CanonicalJSON.decode(RunSpecification.self, from: $0)
    }
  }

  /// The caches of modified images whose records can be told apart, and the number of those whose cannot.
  ///
  /// A cache's layout follows from the size of its images, which the generator's specification tells; that is found in
  /// the runs that use it.
  static func echoCaches(in store: RunStore) throws -> (known: [RunKey: EchoCache], unknown: Int) {
    let folder = store.root.appendingPathComponent("echo", isDirectory: true)
    guard FileManager.default.fileExists(atPath: folder.path) else { return ([:], 0) }
    let stored = Set(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).compactMap {
        try? RunKey($0)
      })
    var known: [RunKey: EchoCache] = [:]
    for key in (try? store.keys()) ?? [] where known.count < stored.count {
      guard let data = try? store.specification(of: key),
        let run = try? CanonicalJSON.decode(RunSpecification.self, from: data),
        let generator = run.outside?.generator,
        let shape = DatasetCatalog.shape(of: generator.split.dataset)
      else { continue }
      let image = try generator.key()
      if stored.contains(image) {
        known[image] = EchoCache(
          store: store, generator: image, imageSize: shape.reduce(1, *))
      }
    }
    return (known, stored.count - known.count)
  }
}
