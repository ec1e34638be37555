/// How long jobs take.
public enum JobCost {
  /// Seconds of each kind of work on one core, per image.
  public struct Rates: Hashable, Sendable {
    /// Of training a classifier, per image and pass.
    public var training: Double
    /// Of training a generator, per image and pass.
    public var generatorTraining: Double
    /// Of generating an image with all sampling steps.
    public var generation: Double
    /// Of training an extractor, per image and pass.
    public var extractorTraining: Double

    /// Those of the quick profile as measured on one 2.45 GHz Zen 3 core.
    public static let nominal = Rates(
      training: 5.3e-5, generatorTraining: 8.7e-4, generation: 1.3e-2, extractorTraining: 1e-4)
  }

  /// An evaluation pass costs about a third of a training pass.
  private static let evaluationShare = 0.35

  /// The seconds of a job by one worker at given rates; the nominal ones serve the order of work alone.
  public static func seconds(of job: Job, rates: Rates = .nominal) -> Double {
    switch job {
    case .generator(let specification):
      let epochs =
        specification.configuration.denoiser.epochs + specification.configuration.control.epochs
      return Double(specification.split.count * epochs) * rates.generatorTraining
    case .extractor(let specification):
      return Double(specification.split.count * specification.trainingProtocol.epochs)
        * rates.extractorTraining
    case .echo(let draw):
      // Clean labels and earlier draws are shared between settings.
      return Double(draw.data.trainCount) * max(0.3, draw.noise.nominalRate) * rates.generation
    case .run(let run):
      return passes(of: run) * rates.training
    case .analysis(let analysis):
      let work = analysis.specification.work
      return work.seconds + work.generatedImages * rates.generation
        + (work.run.map { passes(of: $0) } ?? 0) * rates.training
    }
  }

  /// The images that a run's training and evaluation see, as training images.
  private static func passes(of run: RunSpecification) -> Double {
    let trained = Double(run.external?.count ?? run.data.trainCount)
    let evaluated = Double(run.data.validationCount + run.data.testCount) * evaluationShare
    return run.method.recipe.stages(under: run.trainingProtocol).reduce(0) { sum, stage in
      sum + Double(stage.epochs)
        * (stage.trainingPasses * trained + stage.evaluationPasses * evaluated)
    }
  }
}
