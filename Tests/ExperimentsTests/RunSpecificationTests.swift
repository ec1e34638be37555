import Experiments
import Generative
import LabelNoise
import Methods
import NN
import RunStore
import Testing
import Training

@Suite struct RunSpecificationTests {
  private static let methods = MethodCatalog.entries.map(\.identifier)

  @Test(arguments: methods) func canonicalTextReadsBack(_ method: String) throws {
    for noise in [NoiseModel.symmetric(rate: 0.5), .pairflip(rate: 0.45), .clean] {
      let specification = try SmokeRun.specification(method, noise: noise)
      let text = try CanonicalJSON.encode(specification)
      let back = try CanonicalJSON.decodeStrictly(RunSpecification.self, from: text)
      #expect(back == specification)
      #expect(try CanonicalJSON.encode(back) == text)
      #expect(try back.key() == specification.key())
    }
  }

  @Test func unknownMembersAreRefused() throws {
    let text = String(
      decoding: try CanonicalJSON.encode(try SmokeRun.specification("echoalign-b")), as: UTF8.self)
    for (original, altered) in [
      (#""epochs":"#, #""epoch":3,"epochs":"#), (#""noise":"#, #""noize":1,"noise":"#),
      (#""warmUpShare":"#, #""warmUp":1,"warmUpShare":"#),
    ] {
      #expect(text.contains(original))
      let misspelt = text.replacing(original, with: altered)
      #expect(throws: StoreError.self) {
        try CanonicalJSON.decodeStrictly(
          RunSpecification.self, from: .init(misspelt.utf8))
      }
    }
    let incomplete = text.replacing(#""precision":"float32","#, with: "")
    #expect(incomplete != text)
    #expect(throws: StoreError.self) {
      try CanonicalJSON.decodeStrictly(RunSpecification.self, from: .init(incomplete.utf8))
    }
  }

  /// Every member of a specification that uses everything, each changed alone.
  private static let changes: [String: @Sendable (inout RunSpecification) -> Void] = [
    "version": { $0.version += 1 },
    "dataset": { $0.data.dataset = "other" },
    "content": { $0.data.content = "ab12" },
    "pool": { $0.data.poolCount += 1 },
    "validation": { $0.data.validationCount += 1 },
    "test": { $0.data.testCount += 1 },
    "noise kind": { $0.noise = .pairflip(rate: 0.3) },
    "noise rate": { $0.noise = .symmetric(rate: 0.31) },
    "model": { $0.model = .smallCNN(channels: [4, 8], hidden: 33) },
    "method": { $0.method = .crossEntropy(.init(samples: .noisy)) },
    "variant": { $0.method = .echoAlign(.paper(noiseRate: 0.3)) },
    "epochs": { $0.trainingProtocol.epochs += 1 },
    "batch": { $0.trainingProtocol.batchSize += 1 },
    "drops last": { $0.trainingProtocol.dropsLast.toggle() },
    "optimizer": { $0.trainingProtocol.optimizer = .adam(rate: 0.02) },
    "schedule": { $0.trainingProtocol.schedule = .cosine },
    "augmentation": { $0.trainingProtocol.augmentation = .cropAndFlip },
    "precision": { $0.precision = .bfloat16 },
    "noise seed": { $0.seeds.noise += 1 },
    "split seed": { $0.seeds.split += 1 },
    "initialisation seed": { $0.seeds.initialisation += 1 },
    "order seed": { $0.seeds.order += 1 },
    "augmentation seed": { $0.seeds.augmentation += 1 },
    "generator seed": { $0.outside?.generator.seed += 1 },
    "generator split": { $0.outside?.generator.split.count += 1 },
    "generator size": { $0.outside?.generator.configuration.size.channels += 8 },
    "edges": { $0.outside?.generator.configuration.canny.threshold += 1 },
    "sampling": { $0.outside?.generator.configuration.sampling.guidance += 1 },
    "extractor seed": { $0.outside?.extractor.seed += 1 },
    "centring": { $0.outside?.extractor.isCentred.toggle() },
  ]

  @Test func everyMemberEntersTheKey() throws {
    let base = try SmokeRun.specification("echoalign-b")
    var keys = [try base.key()]
    for (name, change) in Self.changes.sorted(by: { $0.key < $1.key }) {
      var changed = base
      change(&changed)
      #expect(changed != base, "\(name) was not changed")
      keys.append(try changed.key())
    }
    #expect(Set(keys).count == Self.changes.count + 1)
  }

  @Test(arguments: methods) func outsideDataEntersTheKeyOnlyWhereItIsUsed(
    _ method: String
  ) throws {
    let base = try SmokeRun.specification(method)
    var outside = try #require(Profile.smoke.benchmarks[0].outside)
    outside.generator.seed += 1
    let other = RunSpecification(
      data: base.data, noise: base.noise, model: base.model, method: base.method,
      trainingProtocol: base.trainingProtocol, precision: base.precision, seeds: base.seeds,
      outside: outside)
    #expect((try other.key() != base.key()) == base.method.recipe.needs.contains(.echo))
    #expect((base.outside != nil) == base.method.recipe.needs.contains(.echo))
  }

  @Test func streamsAreSeededApart() {
    let seeds = RunSeeds(root: 3)
    #expect(
      [seeds.noise, seeds.split, seeds.initialisation, seeds.order, seeds.augmentation]
        == [3, 3, 3, 3, 3])
    // Equal seeds, independent draws: the purpose tells the streams apart.
    let streams = RunStreams(initialisation: 3, order: 3, augmentation: 3)
    var draws = [streams.initialisation, streams.order, streams.augmentation].map {
      stream -> UInt64 in
      var generator = stream.generator()
      return generator.next()
    }
    draws.sort()
    #expect(draws[0] != draws[1] && draws[1] != draws[2])
  }
}
