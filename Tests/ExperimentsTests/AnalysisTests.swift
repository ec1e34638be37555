import Experiments
import Foundation
import LabelNoise
import Methods
import RunStore
import Testing
import Torch

/// What reports show beside the runs, on the smoke profile's images.
@Suite(.enabled(if: SmokeRun.hasData, "Fashion-MNIST is not installed; see make deps"))
struct AnalysisTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func executor(_ name: String = "store") -> RunExecutor {
    SmokeRun.executor(folder.url.appendingPathComponent(name))
  }

  /// Does everything that an analysis needs, and the analysis.
  private func perform(_ analysis: Analysis, by executor: RunExecutor) throws {
    for entry in try JobPlan(runs: [], store: executor.store, analyses: [analysis]).entries {
      #expect(try executor.perform(entry.job) == .finished, "\(entry.label)")
    }
  }

  @Test func similaritiesAreThoseThatTheMethodSelectsBy() throws {
    let executor = executor()
    let noise = NoiseModel.pairflip(rate: 0.45)
    let run = try SmokeRun.specification("echoalign-a", noise: noise)
    let specification = SimilaritySpecification(try #require(EchoDraw(of: run)), exampleCount: 5)
    #expect(try EchoSimilarities.stored(for: specification, in: executor.store) == nil)
    try perform(.similarities(specification), by: executor)
    let found = try #require(try EchoSimilarities.stored(for: specification, in: executor.store))
    let count = run.data.trainCount
    #expect(found.identifiers.count == count && found.similarities.count == count)
    #expect(found.originalFeatures.count == count * found.featureCount)
    let features = zip(found.originalFeatures, found.modifiedFeatures)
    #expect(features.contains { $0 != $1 })
    // The cosine by hand, of the first sample and of the last.
    for position in [0, count - 1] {
      let range = (position * found.featureCount)..<((position + 1) * found.featureCount)
      let (a, b) = (
        found.originalFeatures[range].map(Double.init),
        found.modifiedFeatures[range].map(Double.init)
      )
      func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
      let cosine = dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
      #expect(abs(cosine - found.similarities[position]) < 1e-4)
    }
    // Examples are the two ends.
    let sorted = found.similarities.sorted()
    #expect(found.lowest.map(\.similarity) == Array(sorted.prefix(5)))
    #expect(found.highest.map(\.similarity) == Array(sorted.reversed().prefix(5)))
    // The run that is trained on them keeps as many as they say.
    #expect(try executor.execute(run) == .finished)
    let scalars = try #require(try executor.store.record(of: try run.key())).scalars
    let threshold = try #require(scalars["threshold"])
    #expect(
      scalars["selected-count"] == Double(found.similarities.count { $0 >= threshold }))
    let wrong = zip(found.similarities, found.isWrong).filter { $0.0 >= threshold && $0.1 }.count
    let kept = try #require(scalars["selected-count"])
    #expect(scalars["selection-precision"] == 1 - Double(wrong) / kept)
  }

  @Test func similaritiesAreSharedByMethods() throws {
    let noise = NoiseModel.pairflip(rate: 0.45)
    func key(_ method: String, seed: Int = 1) throws -> String {
      let run = try SmokeRun.specification(method, noise: noise, seed: seed)
      return try SimilaritySpecification(try #require(EchoDraw(of: run))).key().text
    }
    #expect(try key("echoalign-a") == key("echoalign-b"))
    #expect(try key("echoalign-a") != key("echoalign-a", seed: 2))
    #expect(EchoDraw(of: try SmokeRun.specification("ce")) == nil)
  }

  @Test func outputsAreThoseOfTheRecordedRun() throws {
    let executor = executor()
    for method in ["ce", "bltm"] {
      let run = try SmokeRun.specification(method)
      let specification = OutputsSpecification(run)
      try perform(.outputs(specification), by: executor)
      let found = try #require(try RunOutputs.stored(for: specification, in: executor.store))
      let record = try #require(try executor.store.record(of: try run.key()))
      #expect(found.matchesRecord)
      #expect(found.train.count == run.data.trainCount)
      #expect(found.test.count == run.data.testCount && found.test.classCount == 10)
      #expect(found.test.featureCount == 32)
      // The accuracy of the probabilities is that of the last epoch.
      let right = (0..<found.test.count).count { index in
        let row = found.test.probabilities[(index * 10)..<((index + 1) * 10)]
        return row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex }
          == found.test.cleanLabels[index]
      }
      let accuracy = try #require(record.epochs.last).testAccuracy
      #expect(abs(Double(right) / Double(found.test.count) - accuracy) < 1e-6)
      #expect(found.test.givenLabels == found.test.cleanLabels)
      #expect(found.train.givenLabels != found.train.cleanLabels)
      let posterior = found.sampleOutputs[BLTM.posteriorName]
      #expect((posterior != nil) == (method == "bltm"))
      if let posterior {
        #expect(posterior.count == found.train.count * 10)
        #expect(abs(posterior.prefix(10).reduce(0, +) - 1) < 1e-5)
      }
    }
  }

  @Test func outputsOfADivergedRunAreAFailure() throws {
    let executor = executor()
    var run = try SmokeRun.specification()
    run.trainingProtocol.optimizer = .sgd(
      rate: 1e30, momentum: 0.9, weightDecay: 0, nesterov: false)
    let outcome = try executor.perform(.outputs(OutputsSpecification(run)))
    guard case .failed(let failure) = outcome else {
      Issue.record("expected a failure, found \(outcome)")
      return
    }
    #expect(failure.cause == .nonFinite)
    #expect(try RunOutputs.stored(for: OutputsSpecification(run), in: executor.store) == nil)
  }

  @Test func throughputHasEveryPoint() throws {
    let executor = executor()
    let outside = try #require(Profile.smoke.benchmarks[0].outside)
    let specification = ThroughputSpecification(
      configuration: outside.generator.configuration, channels: 1, sides: [8, 16],
      batches: [1, 2], repeats: 2, device: "cpu")
    #expect(try executor.perform(.throughput(specification)) == .finished)
    let found = try #require(
      try GenerationThroughput.stored(for: specification, in: executor.store))
    #expect(found.points.map(\.side) == [8, 8, 16, 16])
    #expect(found.points.map(\.batch) == [1, 2, 1, 2])
    #expect(found.points.allSatisfy { $0.seconds.count == 2 && $0.seconds.allSatisfy { $0 > 0 } })
    // What is measured on another machine is another measurement.
    var elsewhere = specification
    elsewhere.machine = "another"
    #expect(try elsewhere.key() != specification.key())
  }

  @Test func stoppedAnalysisLeavesNothing() throws {
    let executor = executor()
    let run = try SmokeRun.specification()
    #expect(try executor.execute(run) == .finished)
    let specification = OutputsSpecification(run)
    let outcome = try executor.perform(
      .outputs(specification), watch: ExecutionWatch(isStopped: { true }))
    #expect(outcome == .stopped)
    #expect(try RunOutputs.stored(for: specification, in: executor.store) == nil)
  }
}
