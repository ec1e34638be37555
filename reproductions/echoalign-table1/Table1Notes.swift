import Experiments
import Foundation
import Reporting

/// The words of the report that are not computed, and those that are computed from scalars of runs.
enum Table1Notes {
  static let introduction = [
    "Every method is trained here by one engine on the same noisy labels, network and schedule; no number "
      + "is copied from another paper. The published numbers beside them are those that the paper prints for CIFAR-10.",
    "The paper's method exists in two forms, and both are reported: EchoAlign A is the paper's Algorithm 1, "
      + "EchoAlign B what the released code does. The printed numbers are those of the code.",
  ]

  static func differences(of profile: Profile) -> [ProfileFacts.Difference] {
    let data = profile.data
    let generator = profile.outside.generator
    let sampling = generator.configuration.sampling
    return [
      .init(
        topic: "Data", paper: "CIFAR-10 and CIFAR-100, 45,000 training and 5,000 validation images",
        here:
          "Fashion-MNIST, \(data.trainCount) training and \(data.validationCount) noisy validation "
          + "images of the first \(data.poolCount); the first \(data.testCount) test images"),
      .init(topic: "Network", paper: "ResNet-18 (CIFAR-10)", here: profile.model.displayName),
      .init(
        topic: "Schedule", paper: "200 epochs, SGD 0.1, divided by ten at 100 and 150",
        here: "\(profile.trainingProtocol.epochs) epochs, SGD "
          + "\(profile.trainingProtocol.optimizer.rate), divided by ten at half and three quarters"),
      .init(topic: "Augmentation", paper: "crop with 4-pixel padding, flip", here: "none"),
      .init(
        topic: "Generator", paper: "Stable Diffusion with ControlNet (Canny), 512 x 512, 20 steps",
        here: "a diffusion model of its own with a Canny control branch, trained on "
          + "\(generator.split.count) clean outside images that no classifier here trains on, "
          + "\(sampling.steps) DDIM steps"),
      .init(
        topic: "Similarity", paper: "CLIP ViT-B/32 features; thresholds 0.4 and 0.52",
        here: "features of a classifier trained on the same outside images; the threshold is "
          + Table1Notes.thresholdRule),
      .init(
        topic: "Small-loss selection (B)", paper: "losses measured under augmentation",
        here: "losses measured without augmentation"),
    ]
  }

  /// How the similarity threshold is found, in words.
  static let thresholdRule =
    "the paper's own (0.40 at 30 % noise, 0.52 at 45 and 50 %) on features from which the mean feature of the "
    + "outside images is taken off; it was kept after other rules had been compared with clean labels on this data"

  /// How the scale was chosen, so that a reader can judge what that may have cost.
  static let choices = [
    "How this scale was chosen: network, learning rate and number of images were settled by looking at test curves of CE under "
      + "symmetric-50, so that it memorises, and by whether both APL losses train at all; the methods' own "
      + "hyperparameters are those of their sources. The generator's guidance and control weights were chosen among some "
      + "forty settings by label agreement and edge overlap.",
    "EchoAlign's rows use outside data that the other rows do not have; the control row shows what that data is worth by "
      + "itself. How much of EchoAlign's number comes from selecting originals and how much from modified images is the "
      + "question of the paper's Table 3, not of this one.",
  ]

  /// What EchoSelect kept, from the scalars of the runs.
  static func selection(_ results: ResultSet) -> [String] {
    ["echoalign-a", "echoalign-b"].compactMap { row in
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
  static func generator(_ quality: GeneratorQuality?) -> [String] {
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

  static let register: [CodeDifference] = [
    .init(
      topic: "Training set of EchoAlign",
      paper:
        "originals with S ≥ τ and the modified images of the others, 45,000 in all (Algorithm 1)",
      code: "originals with S > τ and all 45,000 modified images, weighted (utils.py, main.py)",
      followed: "both, as EchoAlign A and B",
      effect: "85.51 against 87.37 at symmetric-50 in the authors' logs"),
    .init(
      topic: "Selection under symmetric noise", paper: "by CLIP similarity for every noise type",
      code: "by small loss with the known noise rate (small_loss_trick.py)",
      followed: "similarity in A, small loss in B"),
    .init(
      topic: "Fine-tuning", paper: "not mentioned",
      code: "40 further epochs on the selected originals (trainer.py)",
      followed: "none in A, a fifth of the epochs in B"),
    .init(
      topic: "Which epoch is reported", paper: "validation split reserved, rule not stated",
      code:
        "the best test accuracy of all epochs; the best-validation checkpoint is saved and never read",
      followed: "the best noisy-validation epoch, with the other three rules beside it",
      effect: "see the protocol lens"),
    .init(
      topic: "Test images", paper: "not stated",
      code: "cropped and flipped at random like training images (dataloader.py)",
      followed: "never augmented"),
    .init(
      topic: "Validation set of EchoAlign", paper: "not stated",
      code: "kept originals and all modified validation images",
      followed: "original images with their noisy labels, as for every other method"),
    .init(
      topic: "Co-teaching's loss", paper: "mean over the kept samples",
      code: "divided by the number kept twice (bhanML/Co-teaching loss.py)",
      followed: "divided once",
      effect: "none under Adam"),
    .init(
      topic: "Instance-dependent noise", paper: "Xia et al., 2020",
      code: "pixels in 0...1; other copies of the generator use 0...255", followed: "0...1"),
  ]
}
