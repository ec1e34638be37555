import Experiments
import Foundation
import Reporting
import Reproduction
import RunStore

/// Examples of generation: what each generator that is available makes of the same originals.
struct Examples {
  /// One generator, or one setting of it.
  struct Source {
    /// The identifier in kebab-case.
    var identifier: String
    /// The name above its images.
    var name: String
    /// The modified images, in the order of the originals; empty for one that cannot be run here.
    var images: [[UInt8]]
    /// The mean edge overlap with the originals; nil where none is measured.
    var edgeOverlap: Double?
    /// The share of images that are recognised as their changed label; nil where none is measured.
    var labelAgreement: Double?
    /// The number of images behind the measures.
    var imageCount: Int
  }

  /// The originals with labels and edges.
  var originals: [GeneratorQuality.Example]
  /// The names of the classes.
  var classNames: [String]
  /// The generators, in the order of the columns.
  var sources: [Source]
  /// The mean edge overlap of originals with unrelated real images; nil where none is measured.
  var unrelatedOverlap: Double?

  /// The settings of the profile's own generator.
  init(_ quality: GeneratorQuality) {
    originals = quality.examples
    classNames = quality.classNames
    unrelatedOverlap = quality.unrelatedOverlap
    guard let own = quality.points.first else {
      preconditionFailure("a measured generator has at least its own operating point")
    }
    func source(
      _ identifier: String, _ name: String, _ point: GeneratorQuality.Point?, _ images: [[UInt8]]?
    ) -> Source? {
      guard let point, let images else { return nil }
      return Source(
        identifier: identifier, name: name, images: images, edgeOverlap: point.edgeOverlap,
        labelAgreement: point.labelAgreement, imageCount: quality.imageCount)
    }
    let variants = [
      ("no-control", "no control", own.sampling.controlled(by: 0)),
      ("full-control", "full control", own.sampling.controlled(by: 1)),
      ("no-guidance", "no guidance", own.sampling.guided(by: 1)),
    ]
    // A setting that is the one in use has its column already.
    sources =
      ([source("in-use", "as used", own, originals.map(\.modified))]
      + variants.filter { $0.2 != own.sampling }.map { identifier, name, sampling in
        source(
          identifier, name, quality.point(of: sampling),
          quality.galleries.first { $0.sampling == sampling }?.images)
      }).compactMap { $0 }
  }

  /// Images that were made elsewhere.
  init(_ imported: ImportedExamples) {
    originals = imported.examples
    classNames = imported.classNames
    unrelatedOverlap = nil
    sources = [
      Source(
        identifier: "elsewhere", name: "made elsewhere", images: originals.map(\.modified),
        edgeOverlap: imported.edgeOverlap, labelAgreement: nil, imageCount: imported.imageCount)
    ]
  }

  /// The name of a class.
  func name(ofClass label: Int) -> String {
    classNames.indices.contains(label) ? classNames[label] : "\(label)"
  }

  /// The places of examples in which every changed label occurs once before any occurs twice.
  func shown(_ count: Int) -> [Int] {
    var rounds: [Int: Int] = [:]
    let ranked = originals.indices.map { index -> (round: Int, index: Int) in
      let round = rounds[originals[index].label, default: 0]
      rounds[originals[index].label] = round + 1
      return (round, index)
    }
    return ranked.sorted { ($0.round, $0.index) < ($1.round, $1.index) }.prefix(count)
      .map(\.index)
  }

  /// The generators of the paper's Table 8 that are not here, with reasons.
  static let absent = [
    (
      "ControlNet",
      "Stable Diffusion with ControlNet needs weights of several gigabytes, which are not here"
    ),
    ("UniControl", "weights that are not here"),
    ("GPT-4", "a service on the network; its images cannot be made again"),
    ("Gemini", "a service on the network; its images cannot be made again"),
  ]
}
