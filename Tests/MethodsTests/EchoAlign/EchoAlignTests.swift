import Datasets
import NN
import TestSupport
import Testing
import Torch

@testable import Methods
@testable import Training

@Suite struct EchoAlignTests {
  private static let similarities = [0.52, 0.51, 0.9, 0.1, 0.5199, 0.53]

  /// Six samples that are not in the order of their bank, with one wrong label among the kept ones.
  private func task(epochs: Int = 20) -> TrainingTask {
    let base = SyntheticTask(count: 12, noiseRate: 0.25, epochs: epochs)
    return TrainingTask(
      samples: base.task.samples.subset([7, 1, 11, 0, 5, 2]), classes: SyntheticTask.classes,
      noiseRate: 0.25, trainingProtocol: base.task.trainingProtocol, streams: base.task.streams,
      makeNetwork: SyntheticTask.network)
  }

  private func method(
    _ variant: EchoAlign.Variant, threshold: EchoThreshold = .fixed(0.52),
    selector: EchoAlign.Selector = .similarity, task: TrainingTask? = nil,
    similarities: [Double] = similarities
  ) -> EchoAlign {
    EchoAlign(
      EchoAlign.Configuration(
        variant: variant, selector: selector, threshold: threshold, warmUpShare: 0.35,
        fineTuneShare: 0.2),
      task: task ?? self.task(), source: ScriptedEcho(similarities: similarities))
  }

  private func samples(_ method: EchoAlign, stage: Int) throws -> TrainingSet {
    for earlier in 0...stage { _ = try method.begin(stage: earlier) }
    return try #require(
      method.passes(epoch: EpochPosition(stage: stage, epoch: 0, epochs: 1, overall: 0)).first
    ).samples
  }

  /// The bytes of each sample's image.
  private func images(_ set: TrainingSet) -> [[UInt8]] {
    set.rows.map { set.bank.images.narrow(0, from: $0, length: 1).array(of: UInt8.self) }
  }

  /// What the scripted echo makes of an image.
  private func echo(_ image: [UInt8]) -> [UInt8] { image.map { $0 / 2 } }

  // MARK: - Training sets

  @Test func paperVariantKeepsOriginalsAtTheThresholdAndModifiesTheOthers() throws {
    let task = task()
    let set = try samples(method(.paper, task: task), stage: 0)
    let originals = images(task.samples)
    #expect(set.count == 6)
    #expect(set.weights == nil)
    // S >= τ keeps the sample at τ itself.
    let kept = [0, 2, 5]
    let changed = [1, 3, 4]
    #expect(images(set) == kept.map { originals[$0] } + changed.map { echo(originals[$0]) })
    let order = kept + changed
    #expect(set.labels == order.map { task.samples.labels[$0] })
    // A modified image fits its label by design.
    let wrong = kept.map { task.samples.isWrong?[$0] ?? false }
    #expect(set.isWrong == wrong + [Bool](repeating: false, count: set.count - kept.count))
    #expect(set.identifiers.prefix(3) == kept.map { task.samples.identifiers[$0] }[...])
    #expect(Set(set.identifiers).count == 6)
    // Every sample is there once, as itself or modified.
    #expect(Set(set.identifiers.map { $0 & 0xFFFF_FFFF }) == Set(task.samples.identifiers))
  }

  @Test func releasedVariantAddsAllModifiedImagesWithWeights() throws {
    let task = task()
    let set = try samples(method(.released, task: task), stage: 0)
    let originals = images(task.samples)
    // S > τ leaves the sample at τ out.
    let kept = [2, 5]
    #expect(set.count == 6 + 2)
    #expect(images(set) == kept.map { originals[$0] } + originals.map(echo))
    let order = kept + Array(0..<6)
    #expect(set.labels == order.map { task.samples.labels[$0] })
    // A modified image fits its label by design.
    let wrong = kept.map { task.samples.isWrong?[$0] ?? false }
    #expect(set.isWrong == wrong + [Bool](repeating: false, count: set.count - kept.count))
    #expect(Set(set.identifiers).count == 8)
    // Originals n/N = 6/8, modified images n_sel/N = 2/8.
    let weights = try #require(set.weights)
    #expect(weights == [0.75, 0.75] + [Float](repeating: 0.25, count: 6))
  }

  @Test(arguments: [2, 3, 5, 6]) func eachGroupCarriesHalfOfTheWeight(kept: Int) throws {
    let similarities = (0..<6).map { $0 < kept ? 0.9 : 0.1 }
    let set = try samples(method(.released, similarities: similarities), stage: 0)
    let weights = try #require(set.weights).map(Double.init)
    expectClose(
      weights.prefix(kept).reduce(0, +), weights.dropFirst(kept).reduce(0, +), relative: 1e-6)
    // The mean weight is 2 n n_sel / N².
    let total = Double(6 + kept)
    expectClose(
      weights.reduce(0, +) / total, 2 * 6 * Double(kept) / (total * total), relative: 1e-6)
  }

  @Test func originalAndModifiedImageAreAugmentedApart() throws {
    let set = try samples(method(.released, similarities: [1, 1, 1, 1, 1, 1]), stage: 0)
    #expect(Set(set.identifiers).count == 12)
  }

  @Test func fineTuningIsOnSelectedOriginalsAlone() throws {
    let task = task()
    let tuned = method(.released, task: task)
    let set = try samples(tuned, stage: 1)
    let originals = images(task.samples)
    #expect(images(set) == [originals[2], originals[5]])
    #expect(set.identifiers == [2, 5].map { task.samples.identifiers[$0] })
    #expect(set.labels == [2, 5].map { task.samples.labels[$0] })
    #expect(set.weights == nil)
  }

  @Test func selectionTooSmallToTrainOnIsTold() throws {
    let none = [Double](repeating: 0.1, count: 6)
    let one = [0.1, 0.1, 0.9, 0.1, 0.1, 0.1]
    for similarities in [none, one] {
      let error = #expect(throws: DivergenceError.self) {
        _ = try method(.released, similarities: similarities).begin(stage: 0)
      }
      #expect(error?.description.contains("of 6 originals") == true)
    }
    // Algorithm 1 goes on with modified images alone.
    let set = try samples(method(.paper, similarities: none), stage: 0)
    #expect(set.count == 6 && set.weights == nil)
  }

  // MARK: - Stages

  @Test func stagesOfEachVariant() throws {
    func stages(_ method: EchoAlign) throws -> [Stage] {
      var found: [Stage] = []
      while let stage = try method.begin(stage: found.count) { found.append(stage) }
      return found
    }
    let warmUp = Stage(name: "warm-up", epochs: 7, isPreparation: true)
    let train = Stage(name: "train", epochs: 20)
    let fineTune = Stage(name: "fine-tune", epochs: 4)
    #expect(try stages(method(.paper)) == [train])
    #expect(try stages(method(.released)) == [train, fineTune])
    #expect(try stages(method(.paper, selector: .smallLoss)) == [warmUp, train])
    #expect(try stages(method(.released, selector: .smallLoss)) == [warmUp, train, fineTune])
  }

  @Test func releasedConfigurationHasTheCodesProportions() {
    // 70 epochs of warm-up, 200 of training, 40 of fine-tuning; small loss under symmetric noise alone.
    let symmetric = EchoAlign.Configuration.released(noiseRate: 0.5, isSymmetric: true)
    #expect((symmetric.warmUpShare * 200).rounded() == 70)
    #expect((symmetric.fineTuneShare * 200).rounded() == 40)
    #expect(symmetric.selector == .smallLoss)
    let instance = EchoAlign.Configuration.released(noiseRate: 0.5, isSymmetric: false)
    #expect(instance.selector == .similarity)
    #expect(EchoAlign.Configuration.paper(noiseRate: 0.5).selector == .similarity)
  }

  @Test func ratesFollowTheProtocolAndFineTuningStaysAtTheLastOne() throws {
    let synthetic = SyntheticTask(epochs: 8)
    let run = try TrainedRun(
      EchoAlign(
        .init(
          variant: .released, selector: .smallLoss, threshold: .fixed(0.5), warmUpShare: 0.35,
          fineTuneShare: 0.2), task: synthetic.task, source: ScriptedEcho()), of: synthetic)
    let names = ["warm-up", "train", "fine-tune"]
    let rates = names.map { name in
      run.epochs.filter { $0.stage == name }.map(\.learningRate)
    }
    #expect(rates.map(\.count) == [3, 8, 2])
    expectClose(rates[0], [0.05, 0.05, 0.05])
    expectClose(rates[1], [0.05, 0.05, 0.05, 0.05, 0.005, 0.005, 0.0005, 0.0005])
    expectClose(rates[2], [0.0005, 0.0005])
  }

  @Test func trainingStartsAfreshAndFineTuningGoesOn() throws {
    let task = task()
    let method = method(.released, selector: .smallLoss, task: task)
    func values(_ network: Network?) -> [[Float]] {
      network?.store.parameters.map { $0.array(of: Float.self) } ?? []
    }
    _ = try method.begin(stage: 0)
    let warm = try #require(method.learners["network"])
    #expect(values(warm.network) == values(task.makeNetwork("warm-up")))
    try method.end(epoch: EpochPosition(stage: 0, epoch: 0, epochs: 1, overall: 0))
    _ = try method.begin(stage: 1)
    let trained = try #require(method.learners["network"])
    #expect(values(trained.network) == values(task.makeNetwork("network")))
    _ = try method.begin(stage: 2)
    #expect(method.learners["network"] === trained)
  }

  @Test func weightsReachTheStep() throws {
    let task = task()
    let method = method(.released, task: task)
    let set = try samples(method, stage: 0)
    let positions = Tensor.from([0, 4, 7], shape: [3])
    let weights = try #require(set.weightsOnDevice).select(positions)
    let rows = set.rowsOnDevice.select(positions)
    let batch = Batch(
      positions: positions, views: [set.bank.batch(rows: rows)],
      labels: set.labelsOnDevice.select(positions), weights: weights, count: 3)
    _ = method.step(
      batch,
      at: StepPosition(
        epoch: EpochPosition(stage: 0, epoch: 0, epochs: 20, overall: 0), pass: 0, step: 0))
    let network = task.makeNetwork("network")
    let losses = network.logits(batch.images, training: true).crossEntropy(targets: batch.labels)
    Optimizer(task.trainingProtocol.optimizer, parameters: network.store.parameters).step(
      minimising: (losses * Tensor.from([Float(0.75), 0.25, 0.25], shape: [3])).sum() * (1 / 3.0),
      rate: 0.05)
    let ours = method.learners["network"]?.network.store.parameters ?? []
    for (one, other) in zip(ours, network.store.parameters) {
      expectClose(
        one.array(of: Float.self), other.array(of: Float.self), relative: 1e-5, absolute: 1e-6)
    }
  }

  // MARK: - Small losses

  @Test func smallLossesByHand() {
    // Class 0 has five members and class 1 four; at r = 0.5 the share is 0.4: two and one are kept.
    let losses: [Float] = [0.5, 0.1, 0.9, 0.2, 0.3, 0.4, 0.2, 0.8, 0.1]
    let labels = [0, 0, 0, 1, 1, 0, 0, 1, 1]
    #expect(
      EchoAlign.smallLossSelection(losses: losses, labels: labels, classes: 2, noiseRate: 0.5)
        == [1, 6, 8])
  }

  @Test func tiesKeepTheLowerPosition() {
    let kept = EchoAlign.smallLossSelection(
      losses: [Float](repeating: 1, count: 10), labels: [Int](repeating: 0, count: 10),
      classes: 3, noiseRate: 0.5)
    #expect(kept == [0, 1, 2, 3])
  }

  /// min(1 − 1.2 r, 0.9 (1 − r)): 0.40 at 50 % and 0.63 at 30 %, as in small_loss_trick.py.
  @Test(arguments: [(0.5, 400), (0.3, 630), (0.0, 900), (0.2, 720), (0.45, 460)])
  func keptShare(rate: Double, kept: Int) {
    let labels = (0..<3000).map { $0 % 3 }
    let losses = (0..<3000).map { Float(($0 * 7919) % 3000) }
    let selected = EchoAlign.smallLossSelection(
      losses: losses, labels: labels, classes: 3, noiseRate: rate)
    for label in 0..<3 {
      let members = selected.filter { labels[$0] == label }
      // Rounding of the share may cost one sample.
      #expect((kept - 1...kept).contains(members.count), "\(members.count)")
      let largest = members.map { losses[$0] }.max() ?? 0
      let smaller = labels.indices.count { labels[$0] == label && losses[$0] <= largest }
      #expect(smaller == members.count)
    }
    #expect(selected == selected.sorted())
  }

  @Test func warmUpSumsTheLossesOfItsEpochsInEvaluationMode() throws {
    let task = task()
    let method = method(.paper, selector: .smallLoss, task: task)
    let position = EpochPosition(stage: 0, epoch: 0, epochs: 7, overall: 0)
    _ = try method.begin(stage: 0)
    func expected() -> [Double] {
      withoutGradient {
        method.predict(task.samples.bank.batch(rows: task.samples.rowsOnDevice))
          .crossEntropy(targets: task.samples.labelsOnDevice)
      }.array(of: Float.self).map(Double.init)
    }
    func sums() -> [Double] {
      method.memory["loss-sums"]?.array(of: Float.self).map(Double.init) ?? []
    }
    var total = expected()
    try method.end(epoch: position)
    expectClose(sums(), total, relative: 1e-5)
    let images = task.samples.bank.batch(rows: task.samples.rowsOnDevice)
    _ = method.step(
      Batch(
        positions: .range(0..<6), views: [images], labels: task.samples.labelsOnDevice,
        weights: nil, count: 6), at: StepPosition(epoch: position, pass: 0, step: 0))
    total = zip(total, expected()).map { $0 + $1 }
    try method.end(epoch: position)
    expectClose(sums(), total, relative: 1e-5)
  }

  @Test func sumsRankTheSelection() throws {
    let task = task()
    let method = method(.released, selector: .smallLoss, task: task)
    _ = try method.begin(stage: 0)
    let losses: [Float] = [0.5, 0.1, 0.9, 0.2, 0.3, 0.4]
    method.memory["loss-sums"] = .from(losses, shape: [6])
    _ = try method.begin(stage: 1)
    #expect(
      method.memory["selection"]?.array(of: Int.self)
        == EchoAlign.smallLossSelection(
          losses: losses, labels: task.samples.labels, classes: 3, noiseRate: 0.25))
    #expect(method.scalars["threshold"] == nil)
  }

  // MARK: - Scalars

  @Test func scalarsTellTheSelection() throws {
    let task = task()
    let method = method(.paper, task: task)
    #expect(method.scalars.isEmpty)
    _ = try method.begin(stage: 0)
    // Kept: bank rows 7, 11 and 2; of 12 samples the first three have wrong labels.
    let scalars = method.scalars
    #expect(scalars["selected-count"] == 3 && scalars["selected-share"] == 0.5)
    #expect(scalars["threshold"] == 0.52)
    expectClose(scalars["selection-precision"] ?? .nan, 2.0 / 3)
  }

  @Test(arguments: [EchoAlign.Variant.paper, .released, .selectionOnly])
  func thresholdRuleDecides(
    variant: EchoAlign.Variant
  ) throws {
    let noiseRate = method(variant, threshold: .noiseRate)
    _ = try noiseRate.begin(stage: 0)
    // 25 % of six samples is rounded to two that are dropped.
    #expect(noiseRate.memory["selection"]?.array(of: Int.self) == [0, 2, 4, 5])
    let lumps = [0.1, 0.8, 0.82, 0.12, 0.11, 0.81]
    let mixture = method(variant, threshold: .mixture, similarities: lumps)
    _ = try mixture.begin(stage: 0)
    #expect(mixture.memory["selection"]?.array(of: Int.self) == [1, 2, 5])
  }

  @Test func modificationAloneTrainsOnEveryModifiedImageAndNoOriginal() throws {
    let task = task()
    let alone = method(.modificationOnly, task: task)
    #expect(try alone.begin(stage: 0)?.name == "train")
    let set = try #require(alone.passes(epoch: Self.firstEpoch).first).samples
    #expect(set.count == task.samples.count && set.labels == task.samples.labels)
    // Rows behind the originals are the modified images.
    #expect(set.rows.allSatisfy { $0 >= task.samples.count } && set.weights == nil)
    #expect(set.isWrong?.contains(true) == false)
    #expect(alone.scalars["selected-count"] == nil)
    #expect(try alone.begin(stage: 1) == nil)
  }

  @Test func selectionAloneTrainsOnKeptOriginalsAsTheyAre() throws {
    let task = task()
    let alone = method(.selectionOnly, task: task)
    #expect(try alone.begin(stage: 0)?.epochs == task.trainingProtocol.epochs)
    let set = try #require(alone.passes(epoch: Self.firstEpoch).first).samples
    // S >= 0.52, as in Algorithm 1.
    #expect(set.identifiers == [0, 2, 5].map { task.samples.identifiers[$0] })
    #expect(set.rows == [0, 2, 5].map { task.samples.rows[$0] })
    #expect(try alone.begin(stage: 1) == nil)
    let none = method(.selectionOnly, threshold: .fixed(2), task: task)
    #expect(throws: DivergenceError.self) { try none.begin(stage: 0) }
  }

  private static let firstEpoch = EpochPosition(stage: 0, epoch: 0, epochs: 20, overall: 0)
}
