import Testing
import Torch
import TorchTestSupport

/// Single steps by hand; Tests/NNTests/OptimizerTests.swift has many against PyTorch.
struct OptimizerStepsTests {
  private let weight = Tensor.from([1, -2] as [Float], shape: [2]).requiringGradient()
  private let untouched = Tensor.full(5, shape: [1]).requiringGradient()

  /// Leaves the gradient (3, 4) at the weight.
  private func differentiate() {
    (weight * Tensor.from([3, 4] as [Float], shape: [2])).sum().backward()
  }

  @Test func clippingKeepsTheDirection() {
    differentiate()
    let norm = OptimizerSteps.clipGradientNorm([weight, untouched], limit: 2.5)
    expectTensor(norm, [5], shape: [])
    expectTensor(weight.gradient, [1.5, 2], shape: [2])
    expectTensor(OptimizerSteps.clipGradientNorm([weight], limit: 100), [2.5], shape: [])
    expectTensor(weight.gradient, [1.5, 2], shape: [2], "a small gradient stays as it is")
  }

  @Test func clippingNothingIsAnError() {
    #expect(throws: TorchError.self) {
      try withTorchErrors { OptimizerSteps.clipGradientNorm([untouched], limit: 1) }
    }
  }

  @Test func momentumStepByHand() {
    differentiate()
    let velocities = [Tensor.full(1, shape: [2]), Tensor.full(1, shape: [1])]
    OptimizerSteps.sgd(
      parameters: [weight, untouched], velocities: velocities, rate: 0.1, momentum: 0.5,
      weightDecay: 0.25, nesterov: false, isFirst: false)
    // v = 0.5 · 1 + g + 0.25 w = (3.75, 4).
    expectTensor(velocities[0], [3.75, 4], shape: [2])
    expectTensor(weight, [0.625, -2.4], shape: [2])
    expectTensor(untouched, [5], shape: [1], "without a gradient nothing moves")
    expectTensor(velocities[1], [1], shape: [1])
  }

  @Test func theFirstStepIgnoresTheVelocity() {
    differentiate()
    let velocity = Tensor.full(9, shape: [2])
    OptimizerSteps.sgd(
      parameters: [weight], velocities: [velocity], rate: 0.1, momentum: 0.5, weightDecay: 0,
      nesterov: true, isFirst: true)
    expectTensor(velocity, [3, 4], shape: [2])
    // Nesterov: d = g + 0.5 v = (4.5, 6).
    expectTensor(weight, [0.55, -2.6], shape: [2])
  }

  @Test(arguments: [false, true])
  func adamStepByHand(isDecoupled: Bool) {
    differentiate()
    let (first, second) = (Tensor.zeros([2]), Tensor.zeros([2]))
    OptimizerSteps.adam(
      parameters: [weight], firstMoments: [first], secondMoments: [second], rate: 0.1,
      betas: (0.9, 0.99), epsilon: 0, weightDecay: 0.5, isDecoupled: isDecoupled, step: 1)
    // At the first step the corrected moments are g and g², so that each weight moves by the rate.
    let gradient = isDecoupled ? [3.0, 4] : [3.5, 3]
    expectTensor(weight, isDecoupled ? [0.85, -2] : [0.9, -2.1], shape: [2])
    expectTensor(first, gradient.map { 0.1 * $0 }, shape: [2])
    expectTensor(second, gradient.map { 0.01 * $0 * $0 }, shape: [2])
  }

  @Test func movingAverageByHand() {
    let target = Tensor.full(1, shape: [2])
    OptimizerSteps.movingAverage(of: [weight], into: [target], decay: 0.75)
    expectTensor(target, [1, 0.25], shape: [2])
    expectTensor(weight, [1, -2], shape: [2])
  }
}
