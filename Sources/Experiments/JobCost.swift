/// How long jobs take.
public enum JobCost {
  /// Seconds of each kind of work on one core, per image.
  public struct Rates: Hashable, Sendable {
    /// Of training the classifier of the quick profile, per image and pass.
    public var training: Double
    /// Of training the generator of the quick profile, per image and pass.
    public var generatorTraining: Double
    /// Of generating an image with all sampling steps.
    public var generation: Double
    /// Of training the extractor of the quick profile, per image and pass.
    public var extractorTraining: Double

    /// As measured on one 2.45 GHz Zen 3 core; only the ratios matter for the order of work.
    public static let nominal = Rates(
      training: 5.3e-5, generatorTraining: 8.7e-4, generation: 1.3e-2, extractorTraining: 1e-4)
  }

  /// An evaluation pass costs about a third of a training pass.
  private static let evaluationShare = 0.35

  /// The forecast seconds of a job on one core.
  public static func nominalSeconds(of job: Job, rates: Rates = .nominal) -> Double {
    switch job {
    case .generator(let specification):
      let epochs =
        specification.configuration.denoiser.epochs + specification.configuration.control.epochs
      return Double(specification.split.count * epochs) * rates.generatorTraining
    case .extractor(let specification):
      return Double(specification.split.count * specification.trainingProtocol.epochs)
        * rates.extractorTraining
    case .quality(let specification):
      return Double(specification.imageCount * specification.samplings.count) * rates.generation
    case .echo(let run):
      // Clean labels and earlier draws are shared between settings.
      return Double(run.data.trainCount) * max(0.3, run.noise.nominalRate) * rates.generation
    case .run(let run):
      return passes(of: run) * rates.training
    }
  }

  /// The images that a run's training and evaluation see, as training images.
  private static func passes(of run: RunSpecification) -> Double {
    let epochs = Double(run.trainingProtocol.epochs)
    let train = Double(run.data.trainCount)
    let evaluated = Double(run.data.validationCount + run.data.testCount) * evaluationShare
    switch run.method {
    case .crossEntropy: return epochs * (train + evaluated)
    case .apl: return epochs * (1.15 * train + evaluated)
    case .coTeaching: return epochs * (2.1 * train + 3 * evaluated)
    case .externalOnly:
      return epochs * (Double(run.external?.count ?? 0) + evaluated)
    case .echoAlign(let echo):
      guard echo.variant == .released else { return epochs * (train + evaluated) }
      let warmUp = echo.selector == .smallLoss ? echo.warmUpShare * (train * 1.35 + evaluated) : 0
      let tuning = echo.fineTuneShare * (0.5 * train + evaluated)
      return epochs * (1.5 * train + evaluated + warmUp + tuning)
    }
  }
}
