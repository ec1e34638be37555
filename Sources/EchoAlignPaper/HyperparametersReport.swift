import Experiments
import Foundation
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

/// The report of Table 5: the hyperparameters that this suite uses, generated from its configurations.
public enum HyperparametersReport {
  /// The report of a request; nothing of it depends on runs.
  ///
  /// - Throws: ``Reporting/PublishedTableError``, and ``RunStore/StoreError`` when a configuration cannot be encoded.
  public static func report(
    _ request: Request, publishedCSV: String, store: RunStore
  ) throws -> Report {
    let identifier = "echoalign-table5"
    let published = try PublishedNumbers(csv: publishedCSV, item: identifier)
    var content = EchoAlignItem.Content()
    content.listings =
      [
        shared(published), try thresholds(published), outside(), try methods(classes: 10),
        try manyClasses(), stages(),
      ]
    content.quantities = try quantities(published)
    content.notes = [
      "Every number of a column “here” is read from the profiles and configurations that runs are made of, and encoded as in a run's "
        + "specification; those of the paper are in published.csv. Nothing is typed twice, so the tables cannot drift from the "
        + "runs.",
      "Lengths of a method's stages are shares of the shared number of epochs: 0.35 is 70 of 200.",
    ]
    return try EchoAlignItem(
      identifier: identifier, name: "Table 5", introduction: introduction,
      claims: HyperparametersClaims.all
    ).report(request, content, store: store)
  }

  /// Table 5 itself: the printed protocol beside that of every profile.
  private static func shared(_ published: PublishedNumbers) -> Listing {
    let printed = PrintedProtocol(published: published)
    return Listing(
      id: "protocol", caption: "The shared protocol: as printed, and as each profile runs it.",
      header: ["Setting"] + PrintedProtocol.datasets.map { "Paper, \($0)" }
        + HyperparametersProtocol.all.map(\.name),
      rows: HyperparametersProtocol.Row.allCases.map { row in
        [row.rawValue] + PrintedProtocol.datasets.map { printed.text(row, dataset: $0) }
          + HyperparametersProtocol.all.map { $0.text(row) }
      },
      note:
        "The paper's first column is for CIFAR-10 and CIFAR-10N. Training samples are what is left of the pool after a tenth "
        + "is held out with noisy labels.")
  }

  private static let header =
    ["Method", "Hyperparameter"] + HyperparameterRow.Column.allCases.map(\.rawValue)

  private static func methods(classes: Int) throws -> Listing {
    let rows = try MethodCatalog.entries.flatMap {
      try HyperparameterRow.rows(of: $0, classes: classes)
    }
    return Listing(
      id: "methods", caption: "The hyperparameters of every method, for ten classes.",
      header: header, rows: rows.map { [$0.method, $0.name] + $0.cells },
      note:
        "Where a value depends on the label noise, the settings of Table 1 that have it stand behind it; “the same” repeats the cell before. A source that "
        + "states nothing of its own shows what is run here.")
  }

  /// The rows that are others for a hundred classes.
  private static func manyClasses() throws -> Listing {
    let rows = try MethodCatalog.entries.flatMap { entry in
      let few = Set(try HyperparameterRow.rows(of: entry, classes: 10))
      return try HyperparameterRow.rows(of: entry, classes: 100).filter { !few.contains($0) }
    }
    return Listing(
      id: "methods-100-classes", caption: "What is different for a hundred classes.",
      header: header, rows: rows.map { [$0.method, $0.name] + $0.cells })
  }

  /// The epochs of each method's stages at every profile.
  private static func stages() -> Listing {
    let noise = NoiseModel.symmetric(rate: 0.5)
    let columns = HyperparametersProtocol.all
    return Listing(
      id: "stages", caption: "The epochs of each method's stages, under \(noise.displayName).",
      header: ["Method"] + columns.map(\.name),
      rows: MethodCatalog.entries.map { entry in
        [entry.displayName]
          + columns.map { column in
            let setting = column.profile.setting(on: column.benchmark, noise: noise)
            let stages = entry.configuration(for: setting).recipe.stages(
              under: column.profile.trainingProtocol)
            return stages.map { "\($0.name) \($0.epochs)" }.joined(separator: ", ")
          }
      })
  }

  /// Generator and feature extractor.
  private static func outside() -> Listing {
    let columns = HyperparametersProtocol.all
    func row(
      _ name: String, _ printed: String, _ text: (OutsideSpecification) -> String
    ) -> [String] {
      [name, printed] + columns.map { $0.benchmark.outside.map(text) ?? "from --echo-dir" }
    }
    let number = PlainNumber.text
    return Listing(
      id: "generator", caption: "Generator and similarity: as printed (appendix C), and as used.",
      header: ["Setting", "Paper"] + columns.map(\.name),
      rows: [
        row("edges", "Canny, thresholds 75 and 75 of 512 x 512 pixels") {
          "Canny, threshold \(number(Double($0.generator.configuration.canny.threshold)))"
        },
        row("label", "prompt “a photo of {label}”") { _ in "class embedding" },
        row("steps", "20") { "\($0.generator.configuration.sampling.steps)" },
        row("guidance", "not stated") {
          number($0.generator.configuration.sampling.guidance)
        },
        row("weight of control", "not stated") {
          number($0.generator.configuration.sampling.controlWeight)
        },
        row("generator trained on", "not stated; no tuning") {
          "\($0.generator.split.count) clean images of \($0.generator.split.dataset)"
        },
        row("features", "CLIP ViT-B/32") { $0.extractor.model.displayName },
        row("features trained on", "image-text pairs") {
          "\($0.extractor.split.count) clean images of \($0.extractor.split.dataset)"
        },
      ])
  }

  private static let introduction = [
    "Table 5 prints the training hyperparameters, appendix C those of the generator and the thresholds. Here is what this suite "
      + "really runs, at every profile, beside the printed values, and for every method what is run here beside what its own "
      + "paper states and its released code does.",
    "No data set and no run is needed.",
  ]
}
