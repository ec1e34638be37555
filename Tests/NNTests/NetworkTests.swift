import NN
import SeededRandom
import Testing
import Torch
import TorchTestSupport

struct NetworkTests {
  /// A convolution, normalisation and head.
  struct Tiny: ImageClassifier {
    let conv: Conv2d
    let norm: BatchNorm
    let head: Linear

    init(at path: ParameterPath) {
      conv = Conv2d(inputs: 1, outputs: 4, kernel: 3, padding: 1, at: path / "conv")
      norm = BatchNorm(channels: 4, at: path / "norm")
      head = Linear(inputs: 4, outputs: 3, at: path / "head")
    }

    func features(_ images: Tensor, training: Bool) -> Tensor {
      norm(conv(images), training: training).relu().mean(along: [2, 3])
    }
    func logits(features: Tensor) -> Tensor { head(features) }
  }

  private func network(seed: UInt64 = 1, precision: Precision = .float32) -> Network {
    Network(stream: SeedStream(root: seed, purpose: "initial"), on: .cpu, precision: precision) {
      Tiny(at: $0)
    }
  }

  private func images(_ count: Int = 6) -> Tensor {
    var generator = SplitMix(seed: 9)
    let values = (0..<count * 25).map { _ in Float.random(in: -1...1, using: &generator) }
    return Tensor.from(values, shape: [count, 1, 5, 5])
  }

  @Test func logitsAreTheHeadOfTheFeatures() {
    let network = network()
    let features = network.features(images(), training: false)
    #expect(features.shape == [6, 4])
    expectTensor(
      features.linear(
        weight: network.store.state["head.weight"] ?? .zeros([1]),
        bias: network.store.state["head.bias"]),
      network.logits(images(), training: false))
    #expect(network.device == .cpu)
  }

  @Test func theSeedDecides() {
    expectIdentical(
      network().logits(images(), training: true), network().logits(images(), training: true))
    #expect(
      network().logits(images(), training: true).bytes()
        != network(seed: 2).logits(images(), training: true).bytes())
  }

  @Test func bfloat16IsNearAndGivesSinglePrecision() {
    let half = network(precision: .bfloat16)
    let logits = half.logits(images(), training: false)
    #expect(logits.type == .float32)
    #expect(half.features(images(), training: false).type == .float32)
    let exact = network().logits(images(), training: false)
    expectTensor(logits, exact, relative: 0.05, absolute: 0.02)
    #expect(logits.bytes() != exact.bytes())
    half.logits(images(), training: true).crossEntropy(targets: .zeros([6], type: .int64)).mean()
      .backward()
    for parameter in half.store.parameters { #expect(parameter.gradient.type == .float32) }
  }

  @Test func evaluationLeavesTheNetworkAsItIs() {
    let network = network()
    let before = network.store.state.mapValues { $0.bytes() }
    _ = network.logits(images(), training: false)
    #expect(network.store.state.mapValues { $0.bytes() } == before)
    _ = network.logits(images(), training: true)
    #expect(network.store.state["norm.running_mean"]?.bytes() != before["norm.running_mean"])
  }

  @Test(arguments: Precision.allCases)
  func trainingStepsLeaveNoTensor(precision: Precision) {
    let network = network(precision: precision)
    let optimizer = Optimizer(.adam(rate: 0.01), parameters: network.store.parameters)
    let batch = images()
    let targets = Tensor.from([0, 1, 2, 0, 1, 2], shape: [6])
    expectNoTensorLeak {
      for _ in 0..<3 {
        let loss = network.logits(batch, training: true).crossEntropy(targets: targets).mean()
        optimizer.step(minimising: loss, rate: 0.01, gradientLimit: 1)
      }
      _ = withoutGradient { network.logits(batch, training: false).item(at: 0) }
    }
    expectNoTensorLeak {
      let fresh = self.network(precision: precision)
      _ = Optimizer(.adam(rate: 0.1), parameters: fresh.store.parameters).state
    }
  }

  @Test func itLearnsAndContinuesFromASavedStateBitForBit() throws {
    func train(_ network: Network, _ optimizer: Optimizer, steps: Int) -> Double {
      var last = 0.0
      for _ in 0..<steps {
        let loss = network.logits(images(), training: true)
          .crossEntropy(targets: .from([0, 1, 2, 0, 1, 2], shape: [6])).mean()
        optimizer.step(minimising: loss, rate: 0.05)
        last = loss.item()
      }
      return last
    }
    let configuration = OptimizerConfiguration.adamW(
      rate: 0.05, betas: [0.9, 0.999], weightDecay: 0.01)
    let whole = network()
    let wholeOptimizer = Optimizer(configuration, parameters: whole.store.parameters)
    let start = train(whole, wholeOptimizer, steps: 1)
    #expect(train(whole, wholeOptimizer, steps: 39) < start / 2)

    let half = network()
    let halfOptimizer = Optimizer(configuration, parameters: half.store.parameters)
    _ = train(half, halfOptimizer, steps: 15)
    let saved = try SafeTensors(tensors: half.store.state).encoded()
    let savedOptimizer = try SafeTensors(tensors: halfOptimizer.state).encoded()
    let resumed = network(seed: 99)
    let resumedOptimizer = Optimizer(configuration, parameters: resumed.store.parameters)
    try resumed.store.load(SafeTensors(decoding: saved, name: "x").tensors)
    try resumedOptimizer.load(SafeTensors(decoding: savedOptimizer, name: "x").tensors)
    _ = train(resumed, resumedOptimizer, steps: 25)
    for (name, tensor) in whole.store.state {
      expectIdentical(try #require(resumed.store.state[name]), tensor, name)
    }
  }
}

extension Tensor {
  /// One element, counted in row-major order.
  fileprivate func item(at index: Int) -> Double {
    reshape([-1]).narrow(0, from: index, length: 1).item()
  }
}
