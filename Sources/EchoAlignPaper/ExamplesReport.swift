import Experiments
import Foundation
import Reporting
import Reproduction
import RunStore

/// The report of Table 8: examples of generation, across the generators that are available.
public enum ExamplesReport {
  /// The number of images made elsewhere that are compared with their originals.
  private static let importedImages = 256

  /// What must be measured for a request: the profile's generator, and images made elsewhere where a folder has them.
  ///
  /// - Throws: ``RunStore/FileSystemError`` and data errors when that folder cannot be read.
  public static func analyses(of request: Request) throws -> [Analysis] {
    let quality = request.benchmarks.lazy.compactMap(Request.quality).first
    return (quality.map { [.quality($0)] } ?? [])
      + (try imported(request).map { [.importedExamples($0)] } ?? [])
  }

  private static func imported(_ request: Request) throws -> ImportedExamplesSpecification? {
    guard let folder = request.echoFolder, let seed = request.seeds.first else { return nil }
    for column in request.columns {
      let data = column.benchmark.data
      guard
        let imported = try ImportedEcho.find(
          in: folder, dataset: data.dataset, noise: column.noise, seed: UInt64(seed))
      else { continue }
      return ImportedExamplesSpecification(
        column.benchmark, noise: column.noise, noiseSeed: UInt64(seed), imported: imported,
        imageCount: importedImages)
    }
    return nil
  }

  /// The report of a request.
  ///
  /// - Throws: What reading the store or the folder of images made elsewhere throws.
  public static func report(_ request: Request, store: RunStore) throws -> Report {
    let quality = try request.benchmarks.lazy.compactMap(Request.quality).first
      .flatMap { try GeneratorQuality.stored(for: $0, in: store) }
    let own = quality.map { Examples($0) }
    let elsewhere = try imported(request)
      .flatMap { try ImportedExamples.stored(for: $0, in: store) }.map { Examples($0) }
    var content = EchoAlignItem.Content()
    content.quantities = quantities(own, elsewhere)
    content.listings = [listing(own, elsewhere)]
    if let own {
      content.figures.append(
        ExamplesFigures.grid(
          own, id: "examples",
          caption:
            "What the generator of this suite makes of the same originals under a changed label: as used by the tables, without "
            + "control, with full control, and without label guidance. The first originals that have each label are shown, "
            + "nothing is chosen by hand."))
    }
    if let elsewhere {
      content.figures.append(
        ExamplesFigures.grid(
          elsewhere, id: "examples-elsewhere",
          caption:
            "Images made elsewhere (--echo-dir) for originals whose label the noise has changed."))
    }
    content.notes = notes(request, own, elsewhere)
    return try EchoAlignItem(
      identifier: "echoalign-table8", name: "Table 8", introduction: introduction,
      claims: ExamplesClaims.all, usesGenerator: true
    ).report(request, content, analyses: try analyses(of: request), store: store)
  }

  /// The generators, those here with measures, those of the paper with the reason of their absence.
  private static func listing(_ own: Examples?, _ elsewhere: Examples?) -> Listing {
    func number(_ value: Double?, _ scale: Double = 1) -> String {
      value.map { PlainNumber.significant(scale * $0) } ?? "–"
    }
    let sources = (own?.sources ?? []) + (elsewhere?.sources ?? [])
    let unrelated =
      own?.unrelatedOverlap.map { [["unrelated real images", number($0), "–", "–", "measured"]] }
      ?? []
    return Listing(
      id: "generators", caption: "The generators of the examples, and those that are not here.",
      header: ["Generator", "Edge overlap (F1)", "Recognised as the label (%)", "Images", "State"],
      rows: sources.map { source in
        [
          source.name, number(source.edgeOverlap), number(source.labelAgreement, 100),
          "\(source.imageCount)", "measured",
        ]
      } + unrelated + Examples.absent.map { [$0, "–", "–", "–", "absent: \($1)"] },
      note:
        "Edge overlap: F1 of Canny edges of original and modified image within one pixel, mean over the images."
    )
  }

  private static func quantities(_ own: Examples?, _ elsewhere: Examples?) -> [Quantity] {
    func quantity(_ identifier: String, _ name: String, _ value: Double?) -> Quantity {
      Quantity(
        id: ExamplesClaims.overlap(identifier), name: "Edge overlap, \(name)",
        values: value.map { [$0] } ?? [], seeds: [], isExact: true)
    }
    let named = [
      ("in-use", "as used"), ("no-control", "no control"), ("full-control", "full control"),
      ("no-guidance", "no guidance"),
    ]
    return named.map { identifier, name in
      quantity(
        identifier, name, own?.sources.first { $0.identifier == identifier }?.edgeOverlap)
    } + [quantity("unrelated", "unrelated real images", own?.unrelatedOverlap)]
      + (elsewhere?.sources.map { quantity($0.identifier, $0.name, $0.edgeOverlap) } ?? [])
  }

  private static func notes(
    _ request: Request, _ own: Examples?, _ elsewhere: Examples?
  ) -> [String] {
    let count = own?.sources.first?.imageCount ?? 0
    var notes: [String] = []
    if own != nil {
      notes.append(
        "The overlaps are means over \(count) images of one trained generator: there is no spread over seeds, and the value "
          + "alone decides.")
    } else {
      notes.append(
        request.benchmarks.contains { $0.outside != nil }
          ? "The generator was not measured in this store; make table8 does it."
          : "The \(request.profile.identifier) profile has no generator of its own.")
    }
    if request.echoFolder != nil && elsewhere == nil {
      notes.append(
        "The folder of images made elsewhere has none for these data, noise and seed, or they are not compared yet."
      )
    }
    return notes
  }

  private static let introduction = [
    "Table 8 shows what controllable and other generators make of five originals under a wrong label. Here are the generators that "
      + "can be run here: that of this suite at four settings, and images made elsewhere where --echo-dir names them.",
    "The paper's table has no numbers. Its implied claim, that controlled generators keep the structure of the original, is judged by "
      + "the overlap of edges.",
  ]
}

/// Claim 35, declared before any measurement.
enum ExamplesClaims {
  /// The identifier of an edge overlap.
  static func overlap(_ source: String) -> String { "edge-overlap/\(source)" }

  static let all: [PaperClaim] = [
    claim(
      "35-control", [("in-use", "no-control"), ("full-control", "no-control")],
      "With control, at the weight in use and at full weight, edges overlap those of the originals more than without."
    ),
    claim(
      "35-unrelated", [("in-use", "unrelated")],
      "Controlled images overlap their originals more than unrelated real images of the label do."),
  ]

  private static func claim(
    _ number: String, _ pairs: [(String, String)], _ remark: String
  ) -> PaperClaim {
    EchoAlignTable.claim(
      number, "controllable models keep the structure of the original, others do not",
      "appendix F, Table 8",
      .quantities(
        pairs.map { .init(quantity: overlap($0), relation: .exceeds(overlap($1), by: 0)) }),
      remark: "The paper shows pictures and states no claim; this is the implied one. " + remark)
  }
}
