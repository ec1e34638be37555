import ArgumentParser
import Experiments
import Foundation
import LabelNoise
import Reproduction
import RunStore

/// Writes noisy labels for a data set.
struct NoiseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "noise", abstract: "Write noisy labels for the training images of a data set.",
    discussion: "Kinds of noise: \(NoiseModel.grammar).")

  @Option(help: "The data set, or own images as folder:PATH or npy:PATH.")
  var dataset: String

  @Option(help: "The noise, such as symmetric:0.5.")
  var noise: String

  @Option(help: "The seed of the noise.")
  var seed: UInt64 = 1

  @Option(help: "Only the first images.")
  var count: Int?

  @Option(help: "Where the labels go, as CSV with the columns index, clean and noisy.")
  var output: String

  @Flag(help: "Also print the audit as JSON: rates, transition counts, convention and digest.")
  var json = false

  @OptionGroup var data: DataOptions

  func run() throws {
    let model = try NoiseModel.parse(noise)
    let opened = try OpenedData(dataset, options: data)
    let images = opened.dataset.train
    let wanted = count ?? images.count
    guard (1...images.count).contains(wanted) else {
      throw ValidationError("--count: expected 1 to \(images.count), found \(wanted)")
    }
    let specification = DataSpecification(
      dataset: opened.dataset.identifier, content: opened.content, poolCount: wanted,
      validationCount: 0, testCount: 0)
    let labels = try NoisyData.labels(
      of: specification, noise: model, seed: seed, shelf: opened.shelf)
    let text = Data(labels.csv.utf8)
    try AtomicFile.write(text, to: URL(fileURLWithPath: output))
    let audit = try NoiseAudit(labels, digest: Digest.sha256(of: text))
    if json {
      Console.result(String(decoding: try CanonicalJSON.encode(audit), as: UTF8.self))
    } else {
      Console.result(
        String(
          format: "%@: %d labels, %.2f %% wrong (nominal %.2f %%, expected %.2f %%)",
          model.identifier, labels.count, 100 * audit.realisedRate, 100 * audit.nominalRate,
          100 * audit.expectedRate))
    }
  }
}
