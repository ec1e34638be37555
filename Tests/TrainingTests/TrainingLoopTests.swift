import Datasets
import Foundation
import NN
import RunStore
import SeededRandom
import TestSupport
import Testing
import Torch
import TorchTestSupport
import Training

@Suite struct TrainingLoopTests {
  private static let count = 22

  private func task(
    initialisation: UInt64 = 1, order: UInt64 = 1, augmentation: UInt64 = 1,
    dropsLast: Bool = false, weights: [Float]? = nil
  ) -> TrainingTask {
    TrainingTask(
      samples: Samples.training(count: Self.count, weights: weights), classes: 3, noiseRate: 0.25,
      trainingProtocol: TrainingProtocol(
        epochs: 2, batchSize: 8, dropsLast: dropsLast,
        optimizer: .sgd(rate: 0.02, momentum: 0.9, weightDecay: 1e-4, nesterov: false),
        schedule: .milestones([0.5], factor: 0.1), augmentation: .cropAndFlip),
      streams: RunStreams(
        initialisation: initialisation, order: order, augmentation: augmentation)
    ) { stream, _ in
      Network(stream: stream, on: .cpu, precision: .float32) { PixelClassifier(at: $0) }
    }
  }

  private func loop(_ streams: RunStreams) -> TrainingLoop {
    TrainingLoop(
      streams: streams, validation: Samples.evaluation(count: 6),
      test: Samples.evaluation(count: 9))
  }

  /// A probe after its run, with the records.
  private func run(
    _ task: TrainingTask, stageEpochs: [Int] = [2, 1],
    passes: @escaping (TrainingTask) -> [Pass] = { [$0.pass()] }
  ) throws -> (probe: ProbeMethod, epochs: [EpochRecord]) {
    let probe = ProbeMethod(task, stageEpochs: stageEpochs, passes: passes)
    var epochs: [EpochRecord] = []
    let outcome = try loop(task.streams).run(probe, from: nil) { state in
      epochs = state.epochs
      return true
    }
    #expect(outcome == .finished)
    return (probe, epochs)
  }

  private func order(_ probe: ProbeMethod, epoch: Int, pass: Int = 0) -> [Int] {
    probe.seen.filter { $0.epoch == epoch && $0.pass == pass }.flatMap(\.identifiers)
  }

  // MARK: - Order and batches

  @Test func everySampleIsSeenOnceAnEpoch() throws {
    let task = self.task()
    let (probe, epochs) = try run(task)
    for epoch in 0..<3 {
      #expect(order(probe, epoch: epoch).sorted() == task.samples.identifiers)
      #expect(probe.seen.filter { $0.epoch == epoch }.map(\.identifiers.count) == [8, 8, 6])
    }
    #expect(order(probe, epoch: 0) != order(probe, epoch: 1))
    for batch in probe.seen { #expect(batch.labels == batch.identifiers.map { ($0 - 1000) % 3 }) }
    #expect(probe.ends == [0, 1, 2])
    #expect(epochs.map(\.epoch) == [1, 2, 3])
    #expect(epochs.map(\.stage) == ["stage-0", "stage-0", "stage-1"])
  }

  @Test func incompleteBatchIsLeftOutWhenTheProtocolSaysSo() throws {
    let (probe, _) = try run(task(dropsLast: true))
    #expect(probe.seen.map(\.identifiers.count) == [8, 8, 8, 8, 8, 8])
    #expect(Set(order(probe, epoch: 0)).count == 16)
    // Others are left out in another epoch.
    #expect(Set(order(probe, epoch: 0)) != Set(order(probe, epoch: 1)))
  }

  @Test func orderIsKeyedByStreamEpochAndPass() throws {
    let task = self.task()
    let (probe, _) = try run(task) { [$0.pass(), $0.pass()] }
    for epoch in 0..<3 {
      for pass in 0..<2 {
        var generator = task.streams.order.generator(UInt64(epoch), UInt64(pass))
        let expected = generator.permutation(Self.count).map { task.samples.identifiers[$0] }
        #expect(order(probe, epoch: epoch, pass: pass) == expected)
      }
    }
  }

  @Test func weightsComeWithTheirSamples() throws {
    let weights = (0..<Self.count).map { Float($0) / 8 }
    let (probe, _) = try run(task(weights: weights))
    for batch in probe.seen {
      #expect(batch.weights == batch.identifiers.map { weights[$0 - 1000] })
    }
    #expect(try run(task()).probe.seen.allSatisfy { $0.weights == nil })
  }

  @Test func viewsAreDrawnApart() throws {
    let (probe, _) = try run(task()) { task in
      var pass = task.pass()
      pass.views = [.cropAndFlip, .cropAndFlip, .none]
      return [pass]
    }
    let (single, _) = try run(task())
    for (batch, alone) in zip(probe.seen, single.seen) {
      #expect(batch.views.count == 3)
      #expect(batch.views[0] != batch.views[1] && batch.views[0] != batch.views[2])
      // The first view is the one that a method with one view gets.
      #expect(batch.views[0] == alone.views[0])
    }
    let plain = probe.seen[0]
    let bank = Samples.bank(count: Self.count, purpose: "train")
    for (identifier, pixels) in plain.views[2] {
      #expect(bank.batch(from: identifier - 1000, length: 1).array(of: Float.self) == pixels)
    }
  }

  // MARK: - Streams

  @Test func sameSeedsGiveTheSameRun() throws {
    let (one, two) = (try run(task()), try run(task()))
    #expect(one.epochs == two.epochs)
    #expect(one.probe.seen == two.probe.seen)
  }

  private func pixels(_ probe: ProbeMethod, epoch: Int) -> [Int: [Float]] {
    probe.seen.filter { $0.epoch == epoch }.reduce(into: [:]) {
      $0.merge($1.views[0]) { first, _ in first }
    }
  }

  @Test func anotherInitialisationLeavesOrderAndAugmentation() throws {
    let (base, other) = (try run(task()), try run(task(initialisation: 2)))
    #expect(base.epochs != other.epochs)
    #expect(base.probe.seen == other.probe.seen)
  }

  @Test func anotherOrderLeavesAugmentation() throws {
    let (base, other) = (try run(task()), try run(task(order: 2)))
    #expect(base.epochs != other.epochs)
    for epoch in 0..<3 {
      #expect(order(base.probe, epoch: epoch) != order(other.probe, epoch: epoch))
      #expect(pixels(base.probe, epoch: epoch) == pixels(other.probe, epoch: epoch))
    }
  }

  @Test func anotherAugmentationLeavesOrder() throws {
    let (base, other) = (try run(task()), try run(task(augmentation: 2)))
    #expect(base.epochs != other.epochs)
    for epoch in 0..<3 {
      #expect(order(base.probe, epoch: epoch) == order(other.probe, epoch: epoch))
      #expect(pixels(base.probe, epoch: epoch) != pixels(other.probe, epoch: epoch))
    }
    // And an epoch's draws are not another's.
    #expect(pixels(base.probe, epoch: 0) != pixels(base.probe, epoch: 1))
  }

  @Test func networksOfOneNameStartAlikeWhateverElseIsMade() {
    func values(_ network: Network) -> [[Float]] {
      network.store.parameters.map { $0.array(of: Float.self) }
    }
    let first = task()
    let second = task()
    _ = second.makeNetwork("network-2")
    #expect(values(first.makeNetwork("network")) == values(second.makeNetwork("network")))
    #expect(values(first.makeNetwork("network")) != values(first.makeNetwork("network-2")))
  }

  // MARK: - Records

  @Test func epochIsMeasuredByHand() throws {
    // Six samples with the labels 0, 1, 2, 0, 1, 2, of which those at 3, 4 and 5 are wrong.
    let bank = Samples.bank(count: 6, purpose: "train")
    let samples = TrainingSet(
      bank: bank, rows: Array(0..<6), identifiers: Array(0..<6), labels: [0, 1, 2, 0, 1, 2],
      isWrong: [false, false, false, true, true, true])
    let method = ScriptedMethod(
      pass: Pass(samples: samples, batchSize: 4, dropsLast: false, views: [.none]),
      stages: [Stage(name: "train", epochs: 1)],
      // Right at 0, 1, 4 and 5: of the wrong labels two of three are memorised.
      outputs: [0, 1, 0, 1, 1, 2], losses: [1, 2, 3, 4, 5, 9])
    var record: EpochRecord?
    _ = try loop(task().streams).run(method, from: nil) { state in
      record = state.epochs.last
      return true
    }
    let epoch = try #require(record)
    expectClose(epoch.trainLoss, 4, relative: 1e-6)
    expectClose(epoch.trainAccuracy, 4.0 / 6, relative: 1e-6)
    expectClose(try #require(epoch.memorisedShare), 2.0 / 3, relative: 1e-6)
    // Class 0 is predicted throughout: two of six validation and three of nine test images.
    expectClose(epoch.validationAccuracy, 1.0 / 3, relative: 1e-6)
    expectClose(epoch.testAccuracy, 1.0 / 3, relative: 1e-6)
    // Logits (1, 0, 0): −log(e / (e + 2)) for a third of the images, log(e + 2) for the rest.
    expectClose(
      epoch.testLoss, log(exp(1.0) + 2) - 1.0 / 3, relative: 1e-6)
  }

  @Test func memorisedShareNeedsWrongLabels() throws {
    for isWrong in [nil, [false, false, false]] as [[Bool]?] {
      let samples = TrainingSet(
        bank: Samples.bank(count: 3, purpose: "train"), rows: [0, 1, 2], identifiers: [0, 1, 2],
        labels: [0, 1, 2], isWrong: isWrong)
      let method = ScriptedMethod(
        pass: Pass(samples: samples, batchSize: 3, dropsLast: false, views: [.none]),
        stages: [Stage(name: "train", epochs: 1)], outputs: [0, 0, 0], losses: [1, 1, 1])
      _ = try loop(task().streams).run(method, from: nil) { state in
        #expect(state.epochs.last?.memorisedShare == nil)
        expectClose(state.epochs.last?.trainAccuracy ?? .nan, 1.0 / 3, relative: 1e-6)
        return true
      }
    }
  }

  @Test func ratesAndScalarsAreRecorded() throws {
    let (_, epochs) = try run(task(), stageEpochs: [4, 2])
    expectClose(epochs.map(\.learningRate), [0.02, 0.02, 0.002, 0.002, 0.02, 0.002])
    // Steps 0, 1 and 2 of each epoch have the mean 1.
    #expect(epochs.allSatisfy { $0.scalars == ["step": 1] })
  }

  // MARK: - Ends

  private func scripted(losses: [Float], stages: [Stage]) -> ScriptedMethod {
    let samples = Samples.training(count: 3)
    return ScriptedMethod(
      pass: Pass(samples: samples, batchSize: 3, dropsLast: false, views: [.none]),
      stages: stages, outputs: [0, 1, 2], losses: losses)
  }

  @Test(arguments: [Float.infinity, .nan]) func lossThatIsNoNumberEndsTheRun(loss: Float) throws {
    let method = scripted(
      losses: [1, 1, 1],
      stages: [Stage(name: "warm-up", epochs: 1), Stage(name: "train", epochs: 3)])
    var reached = 0
    let error = #expect(throws: DivergenceError.self) {
      try loop(task().streams).run(method, from: nil) { state in
        reached = state.epochs.count
        if reached == 2 { method.losses[1] = loss }
        return true
      }
    }
    #expect(reached == 2)
    #expect(error?.description.contains("epoch 3") == true)
    #expect(error?.description.contains("stage train") == true)
  }

  @Test func predictionsThatAreNoNumbersEndTheRun() throws {
    let method = scripted(losses: [1, 1, 1], stages: [Stage(name: "train", epochs: 1)])
    method.prediction = nil
    #expect(throws: DivergenceError.self) {
      try loop(task().streams).run(method, from: nil) { _ in
        Issue.record("an epoch without finite predictions was recorded")
        return true
      }
    }
  }

  @Test func realDivergenceIsFound() throws {
    let base = task()
    let wild = TrainingTask(
      samples: base.samples, classes: 3, noiseRate: 0,
      trainingProtocol: TrainingProtocol(
        epochs: 40, batchSize: 8, dropsLast: false,
        optimizer: .sgd(rate: 1e30, momentum: 0.9, weightDecay: 1, nesterov: false),
        schedule: .constant, augmentation: .none), streams: base.streams
    ) { stream, _ in
      Network(stream: stream, on: .cpu, precision: .float32) { PixelClassifier(at: $0) }
    }
    #expect(throws: DivergenceError.self) {
      try loop(base.streams).run(ProbeMethod(wild, stageEpochs: [40]), from: nil) { _ in true }
    }
  }

  @Test func callerCanStopAndSeesTheSteps() throws {
    let task = self.task()
    let probe = ProbeMethod(task)
    var steps: [Int] = []
    var calls = 0
    let outcome = try loop(task.streams).run(probe, from: nil, onStep: { steps.append($0) }) {
      state in
      calls += 1
      #expect(state.stage == 0 && state.epochsInStage == 1 && state.epochs.count == 1)
      return false
    }
    #expect(outcome == .stopped && calls == 1)
    #expect(steps == [8, 8, 6])
  }

  @Test func errorOfTheCallerComesOut() throws {
    struct Trouble: Error {}
    let task = self.task()
    #expect(throws: Trouble.self) {
      try loop(task.streams).run(ProbeMethod(task), from: nil) { _ in throw Trouble() }
    }
  }

  // MARK: - Continuing

  @Test func continuedRunIsTheUndisturbedOne() throws {
    let task = self.task()
    let whole = ProbeMethod(task)
    var saved: [(state: TrainingState, tensors: Data)] = []
    _ = try loop(task.streams).run(whole, from: nil) { state in
      saved.append((state, try SafeTensors(tensors: state.tensors).encoded()))
      return true
    }
    let expected = try #require(saved.last)
    for (state, tensors) in saved.dropLast() {
      let rest = ProbeMethod(self.task())
      var last: (state: TrainingState, tensors: Data)?
      _ = try loop(task.streams).run(
        rest,
        from: TrainingState(
          stage: state.stage, epochsInStage: state.epochsInStage, epochs: state.epochs,
          tensors: try SafeTensors(decoding: tensors, name: "checkpoint").tensors)
      ) { reached in
        last = (reached, try SafeTensors(tensors: reached.tensors).encoded())
        return true
      }
      let done = state.epochs.count
      #expect(rest.seen == whole.seen.filter { $0.epoch >= done })
      #expect(last?.state.epochs == expected.state.epochs)
      #expect(last?.tensors == expected.tensors)
    }
  }

  @Test func finishedRunTrainsNothingMore() throws {
    let task = self.task()
    var final: TrainingState?
    _ = try loop(task.streams).run(ProbeMethod(task), from: nil) {
      final = $0
      return true
    }
    let again = ProbeMethod(self.task())
    let outcome = try loop(task.streams).run(again, from: final) { _ in
      Issue.record("an epoch was trained after the last one")
      return true
    }
    #expect(outcome == .finished && again.seen.isEmpty)
  }

  @Test func stateThatDoesNotFitIsRefused() throws {
    let task = self.task()
    var final: TrainingState?
    _ = try loop(task.streams).run(ProbeMethod(task), from: nil) {
      final = $0
      return false
    }
    var state = try #require(final)
    state.tensors["learner/network/network/linear.bias"] = nil
    #expect(throws: ParameterError.self) {
      try loop(task.streams).run(ProbeMethod(self.task()), from: state) { _ in true }
    }
  }

  @Test func noTensorLeaks() throws {
    try expectNoTensorLeak {
      let task = self.task()
      _ = try loop(task.streams).run(ProbeMethod(task), from: nil) { _ in true }
    }
    let task = self.task()
    var counts: [Int] = []
    let probe = ProbeMethod(task, stageEpochs: [5])
    _ = try loop(task.streams).run(probe, from: nil) { _ in
      counts.append(Runtime.threadTensorBalance)
      return true
    }
    #expect(Set(counts.dropFirst()).count == 1, "\(counts)")
  }
}
