import Testing
import Torch
import TorchTestSupport

struct RuntimeTests {
  @Test func versionIsDotted() {
    #expect(Runtime.version.split(separator: ".").count >= 3)
  }

  @Test func threadsAreSet() {
    let before = Runtime.threads
    defer { Runtime.threads = before }
    Runtime.threads = 1
    #expect(Runtime.threads == 1)
  }

  @Test func keepingMemoryChangesNoResult() {
    Runtime.keepFreedMemory()
    expectTensor(Tensor.full(1, shape: [100]).sum(), [100], shape: [])
  }

  @Test func tensorsAreFreedAtOnce() {
    let before = Runtime.threadTensorBalance
    var kept: Tensor? = Tensor.zeros([3])
    #expect(Runtime.threadTensorBalance == before + 1)
    #expect(Runtime.liveTensorCount >= 1)
    _ = kept.map { $0 + 1 }
    #expect(Runtime.threadTensorBalance == before + 1)
    kept = nil
    #expect(Runtime.threadTensorBalance == before)
  }

  @Test func theLeakCheckSeesALeak() {
    var kept: [Tensor] = []
    withKnownIssue { expectNoTensorLeak { kept.append(.zeros([1])) } }
    expectNoTensorLeak { kept.append(kept.removeLast()) }
  }

  @Test func aTrainingStepLeavesNothing() {
    let weight = Tensor.full(0.5, shape: [2, 3]).requiringGradient()
    let velocity = Tensor.zeros([2, 3])
    expectNoTensorLeak {
      let loss = Tensor.full(1, shape: [4, 3]).linear(weight: weight, bias: nil)
        .crossEntropy(targets: .from([0, 1, 1, 0], shape: [4])).mean()
      loss.backward()
      _ = OptimizerSteps.clipGradientNorm([weight], limit: 1)
      OptimizerSteps.sgd(
        parameters: [weight], velocities: [velocity], rate: 0.1, momentum: 0.9, weightDecay: 0,
        nesterov: false, isFirst: true)
      OptimizerSteps.clearGradients([weight])
    }
  }
}
