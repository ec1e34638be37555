import TestSupport
import Testing
import Torch

@testable import Methods
@testable import Training

extension JointOptimizationTests {
  /// Outputs of each epoch that are known: row i of epoch e is the softmax of ((e + 1) i, e, 0).
  private func logits(epoch: Int, places: [Int]) -> Tensor {
    .from(
      places.flatMap { [Float((epoch + 1) * $0) / 4, Float(epoch), 0] },
      shape: [places.count, 3])
  }

  @Test func targetsAreTheMeanOfTheLastEpochs() {
    let synthetic = SyntheticTask(count: 5, noiseRate: 0.2, epochs: 20)
    let method = JointOptimization(Self.configuration(), task: synthetic.task)
    _ = method.begin(stage: 0)
    #expect(method.memory["outputs"]?.shape == [3, 5, 3])
    let everyone = Array(0..<5)
    let given = synthetic.task.samples.labelsOnDevice.oneHot(classes: 3).to(.float32)
    for number in 0..<8 {
      let position = epoch(number, of: 20)
      _ = method.passes(epoch: position)
      // In two batches, out of order.
      for places in [[3, 0], [4, 1, 2]] {
        method.keep(
          outputs: logits(epoch: number, places: places), of: synthetic.batch(at: places),
          in: position)
      }
      method.end(epoch: position)
      let last = max(0, number - 2)...number
      let rows = last.map {
        logits(epoch: $0, places: everyone).softmax(along: 1).array(of: Float.self)
      }
      let mean = (0..<15).map { place in
        rows.map { $0[place] }.reduce(0, +) / Float(rows.count)
      }
      expectClose(method.averagedOutputs(after: position).array(of: Float.self), mean)
      // Six of twenty epochs are trained on the given labels.
      expectClose(
        method.memory["targets"]?.array(of: Float.self) ?? [],
        number + 1 >= 6 ? mean : given.array(of: Float.self), "after epoch \(number)")
    }
  }

  /// A sample that an epoch leaves out counts with its last output, or at first with its given label.
  @Test func sampleLeftOutKeepsItsLastOutput() {
    let synthetic = SyntheticTask(count: 4, noiseRate: 0, epochs: 20)
    let method = JointOptimization(Self.configuration(), task: synthetic.task)
    _ = method.begin(stage: 0)
    for (number, places) in [[0, 1, 2], [0, 3], [0, 1, 2], [0, 1, 2]].enumerated() {
      let position = epoch(number, of: 20)
      _ = method.passes(epoch: position)
      method.keep(
        outputs: logits(epoch: number, places: places), of: synthetic.batch(at: places),
        in: position)
    }
    func row(_ epoch: Int, _ place: Int) -> [Float] {
      logits(epoch: epoch, places: [place]).softmax(along: 1).array(of: Float.self)
    }
    let found = method.averagedOutputs(after: epoch(1, of: 20)).array(of: Float.self)
    #expect(found.count == 12)
    // Epochs 1 to 3 are in the slots 1, 2 and 0; the mean of the first two slots is that of epochs 3 and 1.
    expectClose(Array(found[0..<3]), zip(row(3, 0), row(1, 0)).map { ($0 + $1) / 2 })
    expectClose(Array(found[3..<6]), zip(row(3, 1), row(0, 1)).map { ($0 + $1) / 2 })
    expectClose(Array(found[9..<12]), row(1, 3))
    let other = JointOptimization(Self.configuration(), task: synthetic.task)
    _ = other.begin(stage: 0)
    _ = other.passes(epoch: epoch(0, of: 20))
    #expect(
      other.averagedOutputs(after: epoch(0, of: 20)).array(of: Float.self)
        == [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0])
  }

  /// Outputs are written in place, but not into the tensors that a restored memory was handed.
  @Test func restoredOutputsAreNotWrittenTo() {
    let synthetic = SyntheticTask(count: 2, noiseRate: 0, epochs: 20)
    let saved = Tensor.full(0.25, shape: [3, 2, 3])
    let method = JointOptimization(Self.configuration(), task: synthetic.task)
    method.memory = ["targets": .full(0.5, shape: [2, 3]), "outputs": saved]
    _ = method.begin(stage: 0)
    #expect(method.memory["targets"]?.array(of: Float.self) == [Float](repeating: 0.5, count: 6))
    let position = epoch(4, of: 20)
    _ = method.passes(epoch: position)
    method.keep(
      outputs: logits(epoch: 4, places: [0, 1]), of: synthetic.batch(at: [0, 1]), in: position)
    #expect(saved.array(of: Float.self) == [Float](repeating: 0.25, count: 18))
    #expect(method.memory["outputs"]?.array(of: Float.self) != saved.array(of: Float.self))
  }

  @Test func sharesOfReplacedLabels() {
    // The given labels are 1, 2, 2, 0, 1, 2, 0, 1, 2, 0 and the first two are wrong.
    let synthetic = SyntheticTask(count: 10, noiseRate: 0.2)
    let method = JointOptimization(Self.configuration(), task: synthetic.task)
    #expect(method.scalars.isEmpty)
    _ = method.begin(stage: 0)
    #expect(
      method.scalars
        == ["replaced-share": 0, "replaced-wrong-share": 0, "replaced-right-share": 0])
    let hard = [0, 2, 2, 0, 1, 0, 2, 1, 2, 0]
    method.memory["targets"] = Tensor.from(hard, shape: [10]).oneHot(classes: 3).to(.float32)
    #expect(Array(method.scalars.keys).sorted().count == 3)
    expectClose(method.scalars["replaced-share"] ?? .nan, 0.3, relative: 1e-6)
    expectClose(method.scalars["replaced-wrong-share"] ?? .nan, 0.5, relative: 1e-6)
    expectClose(method.scalars["replaced-right-share"] ?? .nan, 0.25, relative: 1e-6)
    let clean = JointOptimization(
      Self.configuration(), task: SyntheticTask(count: 10, noiseRate: 0).task)
    _ = clean.begin(stage: 0)
    #expect(clean.scalars.keys.sorted() == ["replaced-right-share", "replaced-share"])
  }
}
