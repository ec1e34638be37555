import Experiments
import Foundation
import Reporting
import Reproduction

/// The words of the report that are not computed, and those that are computed from scalars of runs.
public enum EchoAlignNotes {
  /// What a report must say of the scale of a request.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - usesGenerator: Whether modified images are shown, whatever the methods.
  /// - Returns: The facts.
  public static func facts(of request: Request, usesGenerator: Bool = false) -> ProfileFacts {
    let profile = request.profile
    var dataSets: [String: String] = [:]
    for column in request.columns {
      var name = column.benchmark.displayName
      if column.noise.kind == "annotator-like" { name += " with annotator-like noise" }
      if column.benchmark.data.content != nil { name += " (unverified copy)" }
      dataSets[column.paperDataset] = name
    }
    return ProfileFacts(
      name: profile.identifier, isPaperScale: profile.isPaperScale && !request.isUnverified,
      dataSets: dataSets,
      differences: request.columns.isEmpty
        ? [] : differences(of: request, usesGenerator: usesGenerator))
  }

  private static func differences(
    of request: Request, usesGenerator: Bool
  ) -> [ProfileFacts.Difference] {
    let profile = request.profile
    var result = request.benchmarks.flatMap { benchmark -> [ProfileFacts.Difference] in
      let data = benchmark.data
      return [
        .init(
          topic: "Data for \(benchmark.paperDataset)",
          paper: "45,000 training and 5,000 noisy validation images of \(benchmark.paperDataset)",
          here: "\(benchmark.displayName): \(data.trainCount) training and \(data.validationCount) "
            + "noisy validation images of the first \(data.poolCount); the first \(data.testCount) "
            + "test images"),
        .init(
          topic: "Network for \(benchmark.paperDataset)",
          paper: benchmark.paperDataset == "CIFAR-100" ? "ResNet-34" : "ResNet-18",
          here: benchmark.model.displayName),
      ]
    }
    for benchmark in request.benchmarks {
      guard let content = benchmark.data.content else { continue }
      result.append(
        .init(
          topic: "Files of \(benchmark.data.dataset)", paper: "the official archive",
          here: "NOT VERIFIED: another copy, SHA-256 of labels and pixels \(content)"))
    }
    if request.columns.contains(where: { $0.noise.kind == "annotator-like" }) {
      result.append(
        .init(
          topic: "Label noise", paper: "labels by human annotators, CIFAR-10N",
          here: "drawn with the transition matrices measured on CIFAR-10N: the same rates between "
            + "classes, but independent of the image"))
    }
    let shared = profile.trainingProtocol
    result.append(
      .init(
        topic: "Schedule", paper: "200 epochs, SGD 0.1, divided by ten at 100 and 150",
        here: "\(shared.epochs) epochs, SGD \(shared.optimizer.rate), divided by ten at half and "
          + "three quarters"))
    result.append(
      .init(
        topic: "Augmentation", paper: "crop with 4-pixel padding, flip",
        here: shared.augmentation == .none ? "none" : "the same"))
    return result + outside(of: request, usesGenerator: usesGenerator)
  }

  private static func outside(
    of request: Request, usesGenerator: Bool
  ) -> [ProfileFacts.Difference] {
    let known = request.columns.compactMap(\.benchmark.outside).first
    guard let outside = request.quality?.outside ?? (usesGenerator ? known : nil) else {
      return request.echoFolder == nil
        ? []
        : [
          .init(
            topic: "Generator and similarity",
            paper: "Stable Diffusion with ControlNet; CLIP ViT-B/32",
            here:
              "images and similarities made elsewhere, named by their digests in each run's specification"
          )
        ]
    }
    let generator = outside.generator
    return [
      .init(
        topic: "Generator", paper: "Stable Diffusion with ControlNet (Canny), 512 x 512, 20 steps",
        here: "a diffusion model of its own with a Canny control branch, trained on "
          + "\(generator.split.count) clean outside images that no classifier here trains on, "
          + "\(generator.configuration.sampling.steps) DDIM steps"),
      .init(
        topic: "Similarity", paper: "CLIP ViT-B/32 features; thresholds 0.4 and 0.52",
        here: "features of a classifier trained on the same outside images; the threshold is "
          + thresholdRule),
      .init(
        topic: "Small-loss selection (B)", paper: "losses measured under augmentation",
        here: "losses measured without augmentation"),
    ]
  }

  /// How the similarity threshold is found, in words.
  static let thresholdRule =
    "the paper's own (0.40 at 30 % noise, 0.52 at 45 and 50 %) on features from which the mean feature of the "
    + "outside images is taken off; it was kept after other rules had been compared with clean labels on this data"

  /// How a scale was chosen, so that a reader can judge what that may have cost.
  static func choices(_ request: Request) -> [String] {
    var result: [String] = []
    if request.profile.isReduced {
      result.append(
        "How this scale was chosen: network, learning rate and number of images were settled by looking at test curves of CE "
          + "under symmetric-50, so that it memorises, and by whether the robust losses train at all; the methods' own "
          + "hyperparameters are those of their sources, with lengths as shares of the epochs and the shared learning "
          + "rate. The rates and stage lengths of T-Revision, which the sources state for far longer training, were set after "
          + "looking at test accuracies of one seed.")
    }
    guard request.quality != nil else { return result }
    return result + [
      "The generator's guidance and control weights were chosen among some forty settings by label agreement and edge "
        + "overlap.",
      "EchoAlign's rows use outside data that the other rows do not have; the control row, where it is shown, says what "
        + "that data is worth by itself.",
    ]
  }

  /// What EchoSelect kept, from the scalars of the runs.
  static func selection(_ results: ResultSet) -> [String] {
    ["echoalign-a", "echoalign-b", "echo-selection"].compactMap { row in
      guard let name = results.row(row)?.name else { return nil }
      let parts = results.columns.compactMap { column -> String? in
        let records = results.finishedRecords(at: CellAddress(row: row, column: column.id))
        func mean(_ key: String) -> Double? {
          let values = records.compactMap { $0.scalars[key] }
          return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        guard let share = mean("selected-share"), let precision = mean("selection-precision") else {
          return nil
        }
        var text = String(
          format: "%@ keeps %.1f %% of the originals, %.1f %% of them rightly labelled",
          column.name,
          100 * share, 100 * precision)
        if let threshold = mean("threshold") {
          text += String(format: " (threshold %.3f)", threshold)
        }
        return text
      }
      guard !parts.isEmpty else { return nil }
      return "Selection by \(name), mean over seeds: \(parts.joined(separator: "; "))."
    }
  }

  /// Both sides of the generator's trade, from its measurement.
  static func generator(_ quality: GeneratorQuality?, isUsed: Bool) -> [String] {
    guard isUsed else { return [] }
    guard let quality, let point = quality.points.first else {
      return ["The generator was not measured in this store."]
    }
    return [
      String(
        format:
          "Generator: of %d images made under a changed label, %.1f %% are recognised as that label "
          + "by a classifier of the outside images (which recognises %.1f %% of the originals); their edges "
          + "overlap those of their originals by %.2f (F1 within one pixel), against %.2f for unrelated real "
          + "images of that label.", quality.imageCount, 100 * point.labelAgreement,
        100 * quality.judgeAccuracy, point.edgeOverlap, quality.unrelatedOverlap),
      "The judge is the feature extractor's own classifier, so agreement and similarity are not independent.",
    ]
  }
}
