import Foundation
import LabelNoise
import RunStore
import TestSupport
import Testing

@testable import Experiments

/// Mutual information of originals and modified images with labels, by hand, against a reference and from a store.
@Suite struct InformationTests {
  /// Features and labels as the store would have them.
  private func images(
    original: [[Float]], modified: [[Float]], given: [Int], clean: [Int]
  ) -> EchoSimilarities {
    EchoSimilarities(
      identifiers: Array(given.indices), cleanLabels: clean, givenLabels: given,
      similarities: given.map { _ in 0 }, featureCount: original.first?.count ?? 0,
      originalFeatures: original.flatMap { $0 }, modifiedFeatures: modified.flatMap { $0 },
      lowest: [], highest: [])
  }

  /// A specification whose draw does not matter.
  private func specification(
    components: Int = 16, clusters: Int = 8
  ) throws -> InformationSpecification {
    let draw = try #require(
      EchoDraw(Profile.smoke.benchmarks[0], noise: .pairflip(rate: 0.45), seed: 1))
    return InformationSpecification(
      SimilaritySpecification(draw), components: components, clusters: clusters)
  }

  /// 200 images in two classes, whose modified images show the given label and nothing else.
  private var labelled: EchoSimilarities {
    let given = (0..<200).map { $0 % 2 }
    let clean = (0..<200).map { $0 / 2 % 2 }
    // Numbers without a pattern: digits of multiples of an irrational number.
    func noise(_ index: Int) -> Float {
      let value = Double(index + 1) * 0.618_033_988_749_895
      return Float(value - value.rounded(.down)) - 0.5
    }
    return images(
      original: (0..<200).map { [noise($0), noise(3 * $0 + 1), noise(7 * $0 + 5)] },
      modified: given.enumerated().map { index, label in
        [Float(label) * 20 + 10 + noise(index), noise(5 * index), noise(11 * index + 2)]
      }, given: given, clean: clean)
  }

  @Test func modifiedImagesThatShowTheirLabelHaveAllOfItsInformation() throws {
    let found = try specification().estimates(of: labelled)
    #expect(found.pairs.map(\.estimator) == ["ross", "probe", "plug-in"])
    #expect(found.cleanPairs.map(\.estimator) == found.pairs.map(\.estimator))
    expectClose(found.entropyNats, log(2), relative: 1e-12)
    expectClose(found.ceilingNats, log(2), relative: 1e-12)
    #expect(found.count == 200 && found.components == 3)
    for pair in found.pairs {
      let original = try #require(pair.original?.nats)
      let modified = try #require(pair.modified?.nats)
      #expect(original < 0.1, "\(pair)")
      // Of eight clusters in three dimensions one may hold both labels, so the plug-in loses a little.
      let least = pair.estimator == "plug-in" ? 0.5 : 0.6
      #expect(modified > least && modified < log(2) + 0.05, "\(pair)")
    }
    // The clean label is independent of the given one, so the modified images know nothing of it.
    for pair in found.cleanPairs {
      #expect(try #require(pair.modified?.nats) < 0.1, "\(pair)")
    }
  }

  @Test func shiftIsSeenBetweenImagesAndNotWithinThem() throws {
    let found = try specification().estimates(of: labelled)
    #expect(try #require(found.shift?.nats) > 0.5)
    #expect(try #require(found.shift?.nats) <= log(2))
    #expect(abs(try #require(found.shiftControl?.nats)) < 0.05)
    // Without a modification there is no shift, and no difference of any estimate.
    var same = labelled
    same.modifiedFeatures = same.originalFeatures
    let none = try specification().estimates(of: same)
    #expect(try #require(none.shift?.nats) < 0.01)
    for pair in none.pairs { #expect(pair.original == pair.modified) }
  }

  @Test func neighbourEstimateAgreesWithReference() throws {
    struct Reference: Decodable {
      var width: Int
      var components: Int
      var neighbors: Int
      var original: [Float]
      var modified: [Float]
      var given: [Int]
      var clean: [Int]
      var entropy: Double
      var ross: [String: Double]
    }
    let reference = try Fixture.json("experiments/information.json", as: Reference.self)
    var images = images(original: [], modified: [], given: reference.given, clean: reference.clean)
    images.featureCount = reference.width
    images.originalFeatures = reference.original
    images.modifiedFeatures = reference.modified
    var specification = try specification(components: reference.components)
    specification.neighbors = reference.neighbors
    let found = specification.estimates(of: images)
    expectClose(found.entropyNats, reference.entropy, relative: 1e-12)
    let values = [("given", found.pairs), ("clean", found.cleanPairs)]
    for (labels, pairs) in values {
      let pair = try #require(pairs.first { $0.estimator == "ross" })
      // Single precision may move a point across a radius: one of 120 by one count.
      expectClose(
        try #require(pair.original?.nats), try #require(reference.ross["original-\(labels)"]),
        relative: 0, absolute: 2e-3)
      expectClose(
        try #require(pair.modified?.nats), try #require(reference.ross["modified-\(labels)"]),
        relative: 0, absolute: 2e-3)
    }
  }

  @Test func whatCannotBeEstimatedSaysWhy() throws {
    // Fewer images than clusters: the plug-in alone.
    let few = try specification(clusters: 500).estimates(of: labelled)
    #expect(few.pairs.map { $0.problem == nil } == [true, true, false])
    #expect(try #require(few.pairs[2].problem).contains("clusters"))
    #expect(few.pairs[2].original == nil && few.pairs[2].modified == nil)
    // One class: nothing.
    var one = labelled
    one.givenLabels = one.givenLabels.map { _ in 4 }
    let single = try specification().estimates(of: one)
    #expect(single.pairs.allSatisfy { $0.problem?.contains("two classes") == true })
    #expect(single.entropyNats == 0 && single.ceilingNats == 0)
    #expect(single.cleanPairs.allSatisfy { $0.problem == nil })
    // A feature that is not finite: nothing, and no crash.
    var broken = labelled
    broken.modifiedFeatures[4] = .nan
    let none = try specification().estimates(of: broken)
    #expect(none.pairs.allSatisfy { $0.problem != nil || $0.modified == nil })
    #expect(none.shift == nil)
  }

  @Test(.enabled(if: SmokeRun.hasData, "Fashion-MNIST is not installed; see make deps"))
  func storeHasWhatWasEstimated() throws {
    let folder = try TemporaryFolder()
    let executor = SmokeRun.executor(folder.url.appendingPathComponent("store"))
    let specification = try specification()
    #expect(try InformationEstimates.stored(for: specification, in: executor.store) == nil)
    let plan = try JobPlan(
      runs: [], store: executor.store, analyses: [.information(specification)])
    for entry in plan.entries {
      #expect(try executor.perform(entry.job) == .finished, "\(entry.label)")
    }
    let stored = try #require(
      try InformationEstimates.stored(for: specification, in: executor.store))
    let images = try #require(
      try EchoSimilarities.stored(for: specification.similarities, in: executor.store))
    #expect(stored == specification.estimates(of: images))
    #expect(stored.count == Profile.smoke.benchmarks[0].data.trainCount)
    #expect(try Analysis.information(specification).provenance(in: executor.store) != nil)
  }
}
