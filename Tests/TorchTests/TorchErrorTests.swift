import Testing
import Torch
import TorchTestSupport

struct TorchErrorTests {
  @Test func theErrorNamesOperationAndShapes() {
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors { Tensor.zeros([2, 3]) + Tensor.zeros([4], type: .int64) }
    }
    #expect(error?.description.hasPrefix("+(float32[2, 3], int64[4]): ") == true)
    #expect(error?.isOutOfMemory == false)
    #expect(error.map { !$0.description.contains("frame #") } == true, "no C++ backtrace")
  }

  @Test func aGoodBodyReturnsItsValueAndItsOwnErrors() throws {
    #expect(try withTorchErrors { (Tensor.full(1, shape: [2]) + 1).sum().item() } == 4)
    struct Own: Error {}
    #expect(throws: Own.self) { try withTorchErrors { throw Own() } }
  }

  @Test func theFirstErrorWins() {
    struct Own: Error {}
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors {
        _ = Tensor.zeros([2]).reshape([3])
        _ = Tensor.zeros([2]).matmul(Tensor.zeros([3]))
        throw Own()
      }
    }
    #expect(error?.description.hasPrefix("reshape(float32[2]): ") == true)
  }

  @Test func whatFollowsSeesUndefinedTensors() {
    #expect(throws: TorchError.self) {
      try withTorchErrors {
        let failed = Tensor.zeros([2]).reshape([3])
        #expect(!failed.isDefined)
        #expect(failed.shape == [])
        let later = (failed + 1).relu()
        #expect(!later.isDefined)
        #expect(later.item().isNaN)
        #expect(later.array(of: Float.self) == [])
        #expect(later.bytes() == [])
      }
    }
  }

  @Test func scopesNest() throws {
    try withTorchErrors {
      #expect(throws: TorchError.self) { try withTorchErrors { Tensor.zeros([2]).reshape([3]) } }
      // The inner error stays inside; the outer scope goes on.
      expectTensor(Tensor.full(1, shape: [2]).sum(), [2], shape: [])
    }
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors {
        _ = Tensor.zeros([5]).reshape([6])
        try withTorchErrors {}
      }
    }
    #expect(error?.description.contains("reshape(float32[5])") == true)
  }

  @Test func scopesBelongToTheirThread() async throws {
    let isClean = await Task.detached {
      (try? withTorchErrors { Tensor.full(2, shape: [1]).item() }) == 2
    }.value
    #expect(isClean)
  }

  @Test func anErrorLeavesNoTensor() {
    expectNoTensorLeak {
      #expect(throws: TorchError.self) {
        try withTorchErrors {
          let weight = Tensor.zeros([2, 2]).requiringGradient()
          let loss = weight.matmul(.zeros([3])).sum()
          loss.backward()
          OptimizerSteps.clearGradients([weight])
        }
      }
    }
  }

  @Test func outOfMemoryIsRecognised() {
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors { Tensor.zeros([1 << 30, 1 << 14]) }
    }
    #expect(error?.isOutOfMemory == true, "\(error?.description ?? "no error")")
  }

  /// Every operation on an undefined tensor fails in the scope; none brings the process down.
  @Test(arguments: Self.operations.keys.sorted())
  func operationsReportUndefinedOperands(name: String) throws {
    let body = try #require(Self.operations[name])
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors { _ = body(Tensor.zeros([1]).gradient) }
    }
    #expect(error?.description.contains("undefined") == true || name == "backward")
  }

  typealias Body = @Sendable (Tensor) -> Any

  private static let one: @Sendable () -> Tensor = { Tensor.full(1, shape: [1]) }

  static let operations: [String: Body] = [
    "+": { $0 + one() }, "-": { $0 - one() }, "*": { $0 * one() }, "/": { $0 / one() },
    "+ number": { $0 + 1 }, "* number": { $0 * 2 }, "power": { $0.power(2) },
    "clamped": { $0.clamped(to: 0...1) }, "exp": { $0.exp() }, "log": { $0.log() },
    "sine": { $0.sine() }, "cosine": { $0.cosine() }, "squareRoot": { $0.squareRoot() },
    "relu": { $0.relu() }, "silu": { $0.silu() }, "isEqual": { $0.isEqual(to: one()) },
    "isGreater": { $0.isGreater(than: 0) }, "isFinite": { $0.isFinite() },
    "choose": { Tensor.choose(where: $0, one(), else: one()) },
    "sum": { $0.sum() }, "mean": { $0.mean(along: [0]) }, "max": { $0.max(along: 0) },
    "argmax": { $0.argmax(along: 0) }, "argsort": { $0.argsort(along: 0) },
    "to": { $0.to(.float64) }, "channelsLast": { $0.channelsLast() },
    "contiguous": { $0.contiguous() }, "clone": { $0.clone() },
    "copy": { one().copy(from: $0) }, "copy into": { $0.copy(from: one()) },
    "fill": { $0.fill(1) }, "reshape": { $0.reshape([1]) }, "permute": { $0.permute([0]) },
    "narrow": { $0.narrow(0, from: 0, length: 1) },
    "select": { $0.select(.range(0..<1)) }, "select by": { one().select($0) },
    "gather": { $0.gather(.range(0..<1), along: 0) },
    "indexed": { $0.indexed(by: [.range(0..<1)]) },
    "replace": { $0.replace(at: .range(0..<1), with: one()) },
    "oneHot": { $0.oneHot(classes: 2) }, "padded": { $0.padded([1, 1]) },
    "concatenate": { Tensor.concatenate([$0, one()]) }, "stack": { Tensor.stack([one(), $0]) },
    "matmul": { $0.matmul(one()) }, "linear": { $0.linear(weight: one(), bias: nil) },
    "conv2d": { $0.conv2d(weight: .zeros([1, 1, 1, 1])) },
    "batchNorm": {
      $0.batchNorm(
        weight: one(), bias: one(), runningMean: one(), runningVariance: one(), training: true,
        momentum: 0.1, epsilon: 1e-5)
    },
    "groupNorm": { $0.groupNorm(groups: 1, weight: one(), bias: one(), epsilon: 1e-5) },
    "maxPool2d": { $0.maxPool2d(kernel: 2, stride: 2) },
    "upsampledNearest": { $0.upsampledNearest(height: 2, width: 2) },
    "pixelUnshuffled": { $0.pixelUnshuffled(factor: 2) },
    "pixelShuffled": { $0.pixelShuffled(factor: 2) },
    "softmax": { $0.softmax(along: 0) }, "logSoftmax": { $0.logSoftmax(along: 0) },
    "crossEntropy": { $0.crossEntropy(targets: .range(0..<1)) },
    "requiringGradient": { $0.requiringGradient() }, "detached": { $0.detached() },
    "backward": { $0.backward() }, "item": { $0.item() },
  ]
}
