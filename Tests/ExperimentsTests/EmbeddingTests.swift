import Foundation
import RunStore
import TestSupport
import Testing

@testable import Experiments

/// Representations in the plane, by hand and from a store.
@Suite struct EmbeddingTests {
  private func images(_ features: [[Float]], labels: [Int]) -> RunOutputs.Images {
    RunOutputs.Images(
      cleanLabels: labels, givenLabels: labels,
      probabilities: labels.flatMap { _ in [Float(0.5), 0.5] }, features: features.flatMap { $0 })
  }

  private func specification(
    count: Int = 1000, neighbors: Int = 10
  ) throws -> EmbeddingSpecification {
    EmbeddingSpecification(
      OutputsSpecification(try SmokeRun.specification()), count: count, neighbors: neighbors)
  }

  @Test func silhouetteAndPurityByHand() throws {
    let line = images([[0], [1], [10], [11]], labels: [0, 0, 1, 1])
    let found = try specification(neighbors: 1).embedding(of: line, classNames: ["a", "b"])
    // Distances 1 inside; 10.5 and 9.5 to the other class from the outer and the inner points.
    expectClose(
      try #require(found.silhouette), (9.5 / 10.5 + 8.5 / 9.5) / 2, relative: 1e-12)
    #expect(found.purity == 1 && found.perplexity == 1)
    #expect(found.x.count == 4 && found.y.count == 4 && found.problem == nil)
    // With three neighbours, one of each point's is of its own class.
    let wide = try specification().embedding(of: line, classNames: ["a", "b"])
    expectClose(try #require(wide.purity), 1.0 / 3, relative: 1e-12)
  }

  @Test func separateGroupsStaySeparateAndResultsRepeat() throws {
    let labels = (0..<90).map { $0 % 3 }
    let features = labels.enumerated().map { index, label -> [Float] in
      (0..<60).map { column in
        let jitter = Double((index * 61 + column * 17) % 29) / 29
        return Float(jitter + (column % 3 == label ? 25 : 0))
      }
    }
    let specification = try specification()
    let found = specification.embedding(
      of: images(features, labels: labels), classNames: ["a", "b", "c"])
    #expect(found.problem == nil && found.purity == 1)
    #expect(try #require(found.silhouette) > 0.9)
    #expect(try #require(found.klDivergence) >= 0)
    #expect(found.perplexity == 89.0 / 3)
    // The nearest point of the plane is of the same class.
    for index in labels.indices {
      let nearest = labels.indices.filter { $0 != index }.min { one, other in
        func distance(_ place: Int) -> Double {
          let (dx, dy) = (found.x[place] - found.x[index], found.y[place] - found.y[index])
          return dx * dx + dy * dy
        }
        return distance(one) < distance(other)
      }
      #expect(labels[try #require(nearest)] == labels[index])
    }
    #expect(
      specification.embedding(
        of: images(features, labels: labels), classNames: ["a", "b", "c"]) == found)
  }

  @Test func onlyTheFirstImagesAreTaken() throws {
    let many = images((0..<12).map { [Float($0)] }, labels: (0..<12).map { $0 / 3 % 2 })
    let few = images((0..<6).map { [Float($0)] }, labels: (0..<6).map { $0 / 3 % 2 })
    let cut = try specification(count: 6).embedding(of: many, classNames: [])
    #expect(cut == (try specification().embedding(of: few, classNames: [])))
    #expect(cut.labels == [0, 0, 0, 1, 1, 1] && cut.x.count == 6)
  }

  @Test func whatCannotBeEmbeddedSaysWhy() throws {
    let specification = try specification()
    let labels = [0, 0, 1, 1, 0, 1]
    let without = specification.embedding(
      of: images(labels.map { _ in [] }, labels: labels), classNames: [])
    #expect(without.problem?.contains("one column") == true)
    #expect(without.x.isEmpty && without.silhouette == nil && without.labels == labels)
    let equal = specification.embedding(
      of: images(labels.map { _ in [1, 2] }, labels: labels), classNames: [])
    #expect(equal.problem?.contains("copies of one") == true && equal.x.isEmpty)
    let one = specification.embedding(
      of: images(labels.map { [Float($0)] }, labels: labels.map { _ in 3 }), classNames: [])
    #expect(one.problem?.contains("two classes") == true)
    let single = specification.embedding(of: images([[1]], labels: [0]), classNames: [])
    #expect(single.problem != nil && single.x.isEmpty)
    let broken = specification.embedding(
      of: images(labels.map { $0 == 0 ? [.nan] : [1] }, labels: labels), classNames: [])
    #expect(broken.problem?.contains("NaN") == true)
  }

  @Test(.enabled(if: SmokeRun.hasData, "Fashion-MNIST is not installed; see make deps"))
  func storeHasTheEmbeddingOfARun() throws {
    let folder = try TemporaryFolder()
    let executor = SmokeRun.executor(folder.url.appendingPathComponent("store"))
    let specification = try specification(count: 150)
    let analyses = [Analysis.embedding(specification)]
    for entry in try JobPlan(runs: [], store: executor.store, analyses: analyses).entries {
      #expect(try executor.perform(entry.job) == .finished, "\(entry.label)")
    }
    let stored = try #require(
      try FeatureEmbedding.stored(for: specification, in: executor.store))
    let outputs = try #require(
      try RunOutputs.stored(for: specification.outputs, in: executor.store))
    #expect(stored.labels == Array(outputs.test.cleanLabels.prefix(150)))
    #expect(stored.classNames.count == 10 && stored.classNames[9] == "Ankle boot")
    #expect(stored.x.count == 150 && stored.problem == nil)
    let purity = try #require(stored.purity)
    #expect(purity > 0.1 && purity <= 1)
  }
}
