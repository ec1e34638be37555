import NN
import SeededRandom
import Testing
import Torch
import TorchTestSupport

/// Each layer by hand, with its names and its first values.
struct LayerTests {
  private let store = ParameterStore(stream: SeedStream(root: 5, purpose: "initial"), on: .cpu)

  private func shapes() -> [String: [Int]] { store.state.mapValues(\.shape) }

  private func bound(_ tensor: Tensor?) -> Double {
    tensor.map { ($0.detached() * $0.detached()).reshape([-1]).max(along: 0).item().squareRoot() }
      ?? 0
  }

  @Test func linear() {
    let layer = Linear(inputs: 4, outputs: 300, at: store.root / "fc")
    #expect(shapes() == ["fc.weight": [300, 4], "fc.bias": [300]])
    for tensor in [layer.weight, layer.bias] {
      #expect(bound(tensor) <= 0.5)
      #expect(bound(tensor) > 0.45)
    }
    layer.weight.fill(2)
    layer.bias?.fill(1)
    let output = layer(.from([1, 2, 3, 4] as [Float], shape: [1, 4]))
    expectTensor(output, [Double](repeating: 21, count: 300), shape: [1, 300])
    #expect(Linear(inputs: 1, outputs: 1, bias: false, at: store.root / "x").bias == nil)
  }

  @Test func convolution() {
    let layer = Conv2d(
      inputs: 4, outputs: 100, kernel: 2, stride: 2, padding: 1, at: store.root / "c")
    #expect(shapes() == ["c.weight": [100, 4, 2, 2], "c.bias": [100]])
    #expect(bound(layer.weight) <= 0.25)
    #expect(bound(layer.weight) > 0.24)
    #expect(bound(layer.bias) <= 0.25)
    layer.weight.fill(1)
    layer.bias?.fill(0.5)
    let output = layer(.full(1, shape: [1, 4, 2, 2]))
    expectTensor(output, [Double](repeating: 4.5, count: 400), shape: [1, 100, 2, 2])
    let other = Conv2d(
      inputs: 1, outputs: 1, kernel: 1, bias: false, initial: .constant(3), at: store.root / "d")
    #expect(other.bias == nil)
    expectTensor(other(.full(2, shape: [1, 1, 1, 1])), [6], shape: [1, 1, 1, 1])
  }

  @Test func batchNorm() {
    let layer = BatchNorm(channels: 1, at: store.root / "bn")
    #expect(
      shapes() == [
        "bn.weight": [1], "bn.bias": [1], "bn.running_mean": [1], "bn.running_var": [1],
      ])
    #expect(store.parameterCount == 2)
    let input = Tensor.from([1, 3] as [Float], shape: [2, 1])
    expectTensor(layer(input, training: true), [-0.999995, 0.999995], shape: [2, 1])
    expectTensor(layer.runningMean, [0.2], shape: [1])
    expectTensor(layer.runningVariance, [1.1], shape: [1])
    expectTensor(
      layer(input, training: false), [0.8, 2.8].map { $0 / (1.10001).squareRoot() }, shape: [2, 1])
  }

  @Test func groupNorm() async {
    let layer = GroupNorm(groups: 1, channels: 2, at: store.root / "gn")
    #expect(shapes() == ["gn.weight": [2], "gn.bias": [2]])
    layer.bias.fill(10)
    expectTensor(
      layer(.from([1, 3] as [Float], shape: [1, 2, 1, 1])), [9.000005, 10.999995],
      shape: [1, 2, 1, 1])
    await #expect(processExitsWith: .failure) {
      let store = ParameterStore(stream: SeedStream(root: 0, purpose: ""), on: .cpu)
      _ = GroupNorm(groups: 2, channels: 3, at: store.root)
    }
  }
}
