import Foundation
import Plotting
import Reporting
import TestSupport
import Testing

@testable import EchoAlignPaper
@testable import Experiments

/// Figure 7: lost originals, the shift, and clouds of representations.
@Suite struct RepresentationStudyTests {
  private func example(_ similarity: Double, bytes: Int = 4) -> EchoSimilarities.Example {
    .init(
      identifier: 5, cleanLabel: 0, givenLabel: 1, similarity: similarity,
      original: .init(repeating: 7, count: bytes), modified: .init(repeating: 9, count: bytes))
  }

  /// Four originals, of which the opposite ones are unrelated: cosines 0, 1, 0, 1 by pairs.
  private func images(_ similarities: [Double], bytes: Int = 4) -> EchoSimilarities {
    EchoSimilarities(
      identifiers: [0, 1, 2, 3], cleanLabels: [0, 0, 1, 1], givenLabels: [0, 1, 1, 0],
      similarities: similarities, featureCount: 2,
      originalFeatures: [1, 0, 0, 2, 0, 3, 0, 4], modifiedFeatures: [1, 0, 0, 2, 0, 3, 0, 4],
      lowest: [example(-0.5, bytes: bytes)], highest: [example(0.9, bytes: bytes)])
  }

  @Test func lostOriginalsByHand() throws {
    let found = try #require(ShiftStudy.Characteristic(images([0.4, 0.2, 0.9, 0.6])))
    // Pairs (0, 2), (1, 3) and back: cosines 0 and 1, median a half.
    #expect(found.unrelated == 0.5)
    #expect(found.share == 0.5)
    // Samples 1 and 3 are wrongly labelled; 1 is below the median. Of 0 and 2, 0 is.
    #expect(found.shareOfWrong == 0.5 && found.shareOfRight == 0.5)
    let right = try #require(ShiftStudy.Characteristic(images([0.6, 0.2, 0.9, 0.3])))
    #expect(right.shareOfWrong == 1 && right.shareOfRight == 0)
    var one = images([0.1])
    one.cleanLabels = [0]
    one.givenLabels = [0]
    #expect(ShiftStudy.Characteristic(one) == nil)
  }

  @Test func groupsWithoutSamplesHaveNoShare() throws {
    var clean = images([0.4, 0.2, 0.9, 0.6])
    clean.givenLabels = clean.cleanLabels
    let study = ShiftStudy(similarities: [(1, clean)], information: [])
    let quantities = Dictionary(
      uniqueKeysWithValues: study.quantities.map { ($0.id, $0.values) })
    #expect(
      quantities == [
        "lost/all": [0.5], "lost/wrong": [], "lost/right": [0.5], "shift": [],
        "shift/control": [],
      ])
  }

  @Test func examplesAreNamedAndOtherShapesAreSaid() throws {
    let study = ShiftStudy(similarities: [(1, images([0, 0, 0, 0]))], information: [])
    let grid = try #require(
      study.figure(classNames: ["cat"])?.figure.chart as? ImageGrid)
    #expect(
      grid.items.map { $0[0].caption } == [
        "cat", "class 1 (−0.50)", "cat", "class 1 (0.90)",
      ])
    #expect(grid.items[0][0].raster == Raster(width: 2, height: 2, planes: [7, 7, 7, 7]))
    let colour = ShiftStudy(similarities: [(1, images([0, 0, 0, 0], bytes: 12))], information: [])
    let raster = (colour.figure(classNames: [])?.figure.chart as? ImageGrid)?.items[0][0].raster
    #expect(raster?.channels == 3 && raster?.width == 2)
    let odd = ShiftStudy(similarities: [(1, images([0, 0, 0, 0], bytes: 6))], information: [])
    let item = (odd.figure(classNames: [])?.figure.chart as? ImageGrid)?.items[0][0]
    #expect(item?.raster == nil && item?.absence?.explanation == "not square")
    #expect(ShiftStudy(similarities: [], information: []).figure(classNames: []) == nil)
  }

  private func embedding(_ silhouette: Double?, isPlaced: Bool = true) -> FeatureEmbedding {
    FeatureEmbedding(
      labels: [0, 1, 1], classNames: ["cat", "dog"], x: isPlaced ? [1, 2, 3] : [],
      y: isPlaced ? [0, 0, 1] : [], klDivergence: isPlaced ? 0.5 : nil, perplexity: 1,
      silhouette: silhouette, purity: silhouette.map { $0 / 2 },
      problem: isPlaced ? nil : "all alike")
  }

  @Test func cloudsAreOfTheSeedThatMostMethodsHave() throws {
    let study = RepresentationStudy(rows: [
      .init(
        id: "ce", name: "CE",
        embeddings: [(1, "r1", embedding(0.5, isPlaced: false)), (2, "r2", embedding(0.25))]),
      .init(
        id: "echoalign-b", name: "B",
        embeddings: [(1, "r3", embedding(0.75)), (2, "r4", embedding(0.5))]),
    ])
    let figure = try #require(study.figure)
    #expect(figure.caption.contains("3 images at perplexity 1, seed 2"))
    let panels = try #require(figure.figure.chart as? SmallMultiples).panels
    #expect(panels.map(\.title) == ["CE", "B"])
    let cloud = try #require(panels[0].chart as? PointCloud)
    #expect(cloud.groups.map(\.name) == ["cat", "dog"])
    #expect(cloud.dots.map(\.group) == [0, 1, 1])
    let quantity = try #require(study.quantities.first { $0.id == "purity/ce" })
    #expect(quantity.values == [0.25, 0.125] && quantity.runs == ["r1", "r2"])
    #expect(study.notes.contains { $0.contains("CE, seed 1: all alike") })
    #expect(try #require(study.listing).rows[0] == ["CE", "1", "0.500", "0.250", "–"])
  }

  @Test func nothingMeasuredShowsNothing() {
    let study = RepresentationStudy(rows: [.init(id: "ce", name: "CE", embeddings: [])])
    #expect(study.figure == nil && study.listing == nil && study.classNames.isEmpty)
    #expect(study.notes.contains("Representations were not measured."))
  }
}
