import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Every differentiable operation and its gradient against PyTorch.
struct ReferenceOperationTests {
  typealias Body = @Sendable ([String: Tensor], OperationsFixture.Case) -> Tensor

  static let unary: [String: Body] = [
    "log-softmax": { inputs, _ in x(inputs).logSoftmax(along: 1) },
    "softmax": { inputs, _ in x(inputs).softmax(along: 1) },
    "max-pool": { inputs, _ in x(inputs).maxPool2d(kernel: 2, stride: 2) },
    "max": { inputs, _ in x(inputs).max(along: 1) },
    "upsample": { inputs, _ in x(inputs).upsampledNearest(height: 4, width: 6) },
    "pixel-unshuffle": { inputs, _ in x(inputs).pixelUnshuffled(factor: 2) },
    "pixel-shuffle": { inputs, _ in x(inputs).pixelShuffled(factor: 2) },
    "pad": { inputs, _ in x(inputs).padded([1, 2, 0, 1], value: 3) },
    "sum": { inputs, _ in x(inputs).sum(along: [0, 2]) },
    "mean": { inputs, _ in x(inputs).mean(along: [0, 2], keepDimensions: true) },
    "silu": { inputs, _ in x(inputs).silu() },
    "relu": { inputs, _ in x(inputs).relu() },
    "exp": { inputs, _ in x(inputs).exp() },
    "sine": { inputs, _ in x(inputs).sine() },
    "cosine": { inputs, _ in x(inputs).cosine() },
    "log": { inputs, _ in x(inputs).log() },
    "square-root": { inputs, _ in x(inputs).squareRoot() },
    "power": { inputs, _ in x(inputs).power(0.7) },
    "clamp": { inputs, _ in x(inputs).clamped(to: -0.5...1) },
  ]

  static let others: [String: Body] = [
    "conv2d": { inputs, _ in
      x(inputs).conv2d(weight: w(inputs), bias: inputs["b"], stride: 2, padding: 1)
    },
    "conv2d-plain": { inputs, _ in x(inputs).conv2d(weight: w(inputs)) },
    "batch-norm-train": { batchNorm($0, $1, training: true) },
    "batch-norm-eval": { batchNorm($0, $1, training: false) },
    "group-norm": { inputs, _ in
      x(inputs).groupNorm(groups: 2, weight: w(inputs), bias: b(inputs), epsilon: 1e-5)
    },
    "cross-entropy": { x($0).crossEntropy(targets: index($1, shape: [4])) },
    "gather": { x($0).gather(index($1, shape: [4, 2]), along: 1) },
    "select": { x($0).select(index($1, shape: [3])) },
    "linear": { inputs, _ in x(inputs).linear(weight: w(inputs), bias: inputs["b"]) },
    "matmul": { inputs, _ in x(inputs).matmul(other(inputs)) },
    "divide": { inputs, _ in x(inputs) / other(inputs) },
  ]

  static let bodies = unary.merging(others) { first, _ in first }

  @Test func theFixtureHasNoOtherCases() throws {
    #expect(try Set(OperationsFixture.cases().keys) == Set(Self.bodies.keys))
  }

  @Test(arguments: bodies.keys.sorted())
  func outputAndGradientsAgree(name: String) throws {
    let reference = try OperationsFixture.named(name)
    let body = try #require(Self.bodies[name])
    let inputs = reference.inputs.mapValues { $0.tensor.requiringGradient() }
    let output = body(inputs, reference)
    expectTensor(
      output, reference.output.values, shape: reference.output.shape, relative: 2e-6,
      absolute: 2e-6, "output")
    (output * reference.cotangent.tensor).sum().backward()
    #expect(Set(reference.gradients.keys) == Set(inputs.keys))
    for (key, expected) in reference.gradients {
      let input = try #require(inputs[key])
      expectTensor(
        input.gradient, expected.values, shape: expected.shape, relative: 1e-5, absolute: 1e-5,
        "gradient of \(key)")
    }
  }

  private static func x(_ inputs: [String: Tensor]) -> Tensor {
    inputs["x"] ?? inputs["input"] ?? .zeros([])
  }
  private static func w(_ inputs: [String: Tensor]) -> Tensor { inputs["w"] ?? .zeros([]) }
  private static func b(_ inputs: [String: Tensor]) -> Tensor { inputs["b"] ?? .zeros([]) }
  private static func other(_ inputs: [String: Tensor]) -> Tensor { inputs["other"] ?? .zeros([]) }

  private static func index(_ reference: OperationsFixture.Case, shape: [Int]) -> Tensor {
    Tensor.from(reference.index ?? [], shape: shape)
  }

  /// The layer, and a check of the running statistics that it leaves.
  private static func batchNorm(
    _ inputs: [String: Tensor], _ reference: OperationsFixture.Case, training: Bool
  ) -> Tensor {
    let running = (reference.before ?? []).map(\.tensor)
    let output = x(inputs).batchNorm(
      weight: w(inputs), bias: b(inputs), runningMean: running[0], runningVariance: running[1],
      training: training, momentum: 0.1, epsilon: 1e-5)
    for (actual, expected) in zip(running, reference.after ?? []) {
      expectTensor(actual, expected.values, shape: expected.shape, "running statistics")
    }
    return output
  }
}
