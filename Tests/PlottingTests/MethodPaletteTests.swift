import Foundation
import Testing

@testable import Plotting

@Suite struct MethodPaletteTests {
  private struct Reference: Decodable {
    var colors: [String]
    var lightness: [Double]
    var smallest: [String: Double]
  }

  private let styles = MethodPalette.standardStyles

  @Test func everyMethodHasItsOwnColorAndMarker() {
    let palette = MethodPalette.standard
    let known = palette.identifiers.map(palette.style)
    #expect(known.count == 20)
    #expect(Set(known.map(\.color)).count == known.count)
    #expect(Set(known.map(\.marker)).count == known.count)
    #expect(!known.contains { $0.marker.shape == Marker.published.shape })
  }

  @Test func unknownIdentifiersAreStable() {
    let palette = MethodPalette(identifiers: ["ce"])
    #expect(palette.style(for: "mine") == palette.style(for: "mine"))
    #expect(palette.style(for: "mine") != palette.style(for: "ce"))
    #expect(styles.suffix(8).contains(MethodPalette.standard.style(for: "mine")))
    let roles = ["clean-labels", "noisy-labels"].map(MethodPalette.standard.style)
    #expect(roles[0] != roles[1])
  }

  @Test func allStylesDiffer() {
    #expect(styles.count == 28)
    #expect(Set(styles.map(\.color)).count == 28)
    #expect(Set(styles.map(\.marker)).count == 28)
    #expect(!styles.contains { $0.marker.shape == Marker.published.shape })
  }

  /// What reports already show keeps its look, however many styles are added.
  @Test func formerStylesAreKept() {
    let palette = MethodPalette.standard
    #expect(palette.style(for: "ce") == styles[0])
    #expect(palette.style(for: "echo-modification") == styles[19])
    for (name, index) in [("control", 14), ("guidance", 7), ("used", 4), ("clean-labels", 1)] {
      #expect(palette.style(for: name) == styles[index], "\(name)")
    }
    #expect(styles[3].marker == Marker(.triangleDown) && styles[19].marker.shape == .cross)
    #expect(styles[10].marker == Marker(.circle, filled: false))
  }

  @Test(arguments: [("first", 18.0), ("methods", 15), ("classes", 28)])
  func colorsDifferForAllKindsOfSight(set: String, least: Double) throws {
    let reference = try #require(
      try JSONDecoder().decode(
        [String: Reference].self, from: Fixtures.data("palette_distances.json"))[set])
    let colors =
      switch set {
      case "first": styles.prefix(20).map(\.color)
      case "methods": styles.map(\.color)
      default: ClassPalette.styles.prefix(10).map(\.color)
      }
    #expect(colors.map { String($0.description.dropFirst()) } == reference.colors)
    for vision in Vision.allCases {
      let smallest = vision.smallestDistance(of: colors)
      #expect(smallest > least, "\(vision): \(smallest)")
      let expected = try #require(reference.smallest[vision.rawValue])
      #expect(abs(smallest - expected) < 1e-3, "\(vision): \(smallest), reference \(expected)")
    }
  }

  @Test func colorsDifferInGrey() throws {
    let reference = try #require(
      try JSONDecoder().decode(
        [String: Reference].self, from: Fixtures.data("palette_distances.json"))["first"])
    let lightness = styles.prefix(20).map(\.color.lightness)
    #expect(zip(lightness, reference.lightness).allSatisfy { abs($0 - $1) < 1e-3 })
    func closest(_ values: [Double]) -> Double {
      let sorted = values.sorted()
      return zip(sorted.dropFirst(), sorted).map { $0 - $1 }.min() ?? 0
    }
    #expect(closest(lightness) > 1.9)
    #expect(closest(Array(lightness.prefix(7))) > 6)
    #expect(styles.allSatisfy { $0.color.lightness < 82 }, "too pale on white")
  }
}

/// A kind of sight, simulated after Machado, Oliveira and Fernandes (2009) at severity 1.
enum Vision: String, CaseIterable {
  case normal
  case deuteranopia
  case protanopia

  private var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .protanopia:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    }
  }

  func lab(_ color: Color) -> [Double] {
    let linear = [color.red, color.green, color.blue].map {
      $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4)
    }
    func product(_ rows: [[Double]], _ vector: [Double]) -> [Double] {
      rows.map { row in zip(row, vector).map { $0 * $1 }.reduce(0, +) }
    }
    let seen = product(matrix, linear).map { min(max($0, 0), 1) }
    let toXYZ = [
      [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
      [0.0193339, 0.1191920, 0.9503041],
    ]
    let scaled = zip(product(toXYZ, seen), [0.95047, 1, 1.08883]).map { $0 / $1 }
    let bent = scaled.map { $0 > 216.0 / 24389 ? cbrt($0) : (24389.0 / 27 * $0 + 16) / 116 }
    return [116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])]
  }

  func smallestDistance(of colors: [Color]) -> Double {
    let points = colors.map(lab)
    var smallest = Double.infinity
    for (index, one) in points.enumerated() {
      for other in points[(index + 1)...] {
        let squares = zip(one, other).map { ($0 - $1) * ($0 - $1) }
        smallest = min(smallest, squares.reduce(0, +).squareRoot())
      }
    }
    return smallest
  }
}
