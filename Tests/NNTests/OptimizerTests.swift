import NN
import TestSupport
import Testing
import Torch
import TorchTestSupport

struct OptimizerTests {
  /// Steps of torch.optim, made by Tests/Fixtures/scripts/torch_reference.py.
  struct Reference: Decodable, Sendable {
    let name: String
    let x, y: ReferenceTensor
    let start: [ReferenceTensor]
    let after: [String: [ReferenceTensor]]
  }

  /// What the script does in each of its cases.
  struct Setting: Sendable {
    let configuration: OptimizerConfiguration
    var rate: @Sendable (Int) -> Double = { _ in 0.1 }
    var limit: Double?
    var betas: @Sendable (Int) -> [Double]? = { _ in nil }
  }

  private static func sgd(momentum: Double, decay: Double, nesterov: Bool = false)
    -> OptimizerConfiguration
  {
    .sgd(rate: 0.1, momentum: momentum, weightDecay: decay, nesterov: nesterov)
  }
  private static func adamW(limit: Double?) -> Setting {
    Setting(
      configuration: .adamW(rate: 0.05, betas: [0.9, 0.999], weightDecay: 0.1),
      rate: { _ in 0.05 }, limit: limit)
  }

  static let settings: [String: Setting] = [
    "sgd": Setting(configuration: sgd(momentum: 0, decay: 0)),
    "sgd-momentum": Setting(configuration: sgd(momentum: 0.9, decay: 0)),
    "sgd-nesterov-decay": Setting(
      configuration: sgd(momentum: 0.9, decay: 0.05, nesterov: true)),
    "sgd-momentum-decay-schedule": Setting(
      configuration: sgd(momentum: 0.9, decay: 0.05),
      rate: { step in (1..<step).reduce(0.1) { rate, _ in rate * 0.9 } }),
    "sgd-clipped": Setting(configuration: sgd(momentum: 0.9, decay: 0), limit: 0.2),
    "adam": Setting(configuration: .adam(rate: 0.05), rate: { _ in 0.05 }),
    "adam-decay": Setting(
      configuration: .adam(rate: 0.05, betas: [0.9, 0.999], weightDecay: 0.1),
      rate: { _ in 0.05 }),
    "adam-late-betas": Setting(
      configuration: .adam(rate: 0.05), rate: { _ in 0.05 },
      betas: { $0 <= 10 ? nil : [0.1, 0.999] }),
    "adamw": adamW(limit: nil),
    "adamw-clipped": adamW(limit: 0.2),
  ]

  private func reference(_ name: String) throws -> Reference {
    let all: [Reference] = try Fixture.json("nn/optimizers.json")
    return try #require(all.first { $0.name == name })
  }

  /// Least squares as in the script.
  private struct Problem {
    let x, y, weight, bias: Tensor
    init(_ reference: Reference) {
      (x, y) = (reference.x.tensor, reference.y.tensor)
      weight = reference.start[0].tensor.requiringGradient()
      bias = reference.start[1].tensor.requiringGradient()
    }
    var parameters: [Tensor] { [weight, bias] }
    func step(_ optimizer: Optimizer, _ step: Int, _ setting: Setting) {
      let loss = (x.linear(weight: weight, bias: bias) - y).power(2).mean()
      optimizer.step(
        minimising: loss, rate: setting.rate(step), gradientLimit: setting.limit,
        betas: setting.betas(step))
    }
  }

  @Test func theFixtureHasNoOtherCases() throws {
    let all: [Reference] = try Fixture.json("nn/optimizers.json")
    #expect(Set(all.map(\.name)) == Set(Self.settings.keys))
  }

  @Test(arguments: settings.keys.sorted())
  func stepsAgreeWithPyTorch(name: String) throws {
    let reference = try reference(name)
    let setting = try #require(Self.settings[name])
    let problem = Problem(reference)
    let optimizer = Optimizer(setting.configuration, parameters: problem.parameters)
    #expect(reference.after.keys.contains("25"))
    for step in 1...25 {
      problem.step(optimizer, step, setting)
      for (actual, expected) in zip(problem.parameters, reference.after["\(step)"] ?? []) {
        expectTensor(
          actual, expected.values, shape: expected.shape, relative: 0, absolute: 1e-5,
          "after step \(step)")
      }
    }
    #expect(optimizer.stepCount == 25)
  }

  @Test(arguments: settings.keys.sorted())
  func aSavedStateContinuesBitForBit(name: String) throws {
    let reference = try reference(name)
    let setting = try #require(Self.settings[name])
    let whole = Problem(reference)
    let optimizer = Optimizer(setting.configuration, parameters: whole.parameters)
    for step in 1...8 { whole.step(optimizer, step, setting) }

    let half = Problem(reference)
    let first = Optimizer(setting.configuration, parameters: half.parameters)
    for step in 1...4 { half.step(first, step, setting) }
    let saved = try SafeTensors(tensors: first.state).encoded()
    let second = Optimizer(setting.configuration, parameters: half.parameters)
    try second.load(SafeTensors(decoding: saved, name: "x").tensors)
    #expect(second.stepCount == 4)
    for step in 5...8 { half.step(second, step, setting) }

    for (actual, expected) in zip(half.parameters, whole.parameters) {
      expectIdentical(actual, expected)
    }
    for (key, tensor) in optimizer.state {
      expectIdentical(try #require(second.state[key]), tensor, key)
    }
  }

  @Test func aStateThatDoesNotFitChangesNothing() throws {
    let weight = Tensor.full(1, shape: [2]).requiringGradient()
    let optimizer = Optimizer(.adam(rate: 0.1), parameters: [weight])
    optimizer.step(minimising: weight.sum(), rate: 0.1)
    let before = optimizer.state.mapValues { $0.clone() }
    func expectRefusal(_ expected: ParameterError, _ change: (inout [String: Tensor]) -> Void) {
      var state = optimizer.state.mapValues { $0 * 0 }
      change(&state)
      #expect(throws: expected) { try optimizer.load(state) }
      for (key, tensor) in before {
        expectIdentical(optimizer.state[key] ?? tensor * 0, tensor, key)
      }
    }
    expectRefusal(.missing(name: "step")) { $0["step"] = nil }
    expectRefusal(.missing(name: "second.0")) { $0["second.0"] = nil }
    expectRefusal(.shape(name: "second.0", expected: [2], found: [3])) {
      $0["second.0"] = .zeros([3])
    }
    expectRefusal(.shape(name: "step", expected: [1], found: [2])) { $0["step"] = .zeros([2]) }
  }

  @Test func aStepForgetsOlderGradients() {
    let weight = Tensor.full(1, shape: [1]).requiringGradient()
    let optimizer = Optimizer(Self.sgd(momentum: 0, decay: 0), parameters: [weight])
    (weight * 100).sum().backward()
    optimizer.step(minimising: weight.sum(), rate: 0.5)
    expectTensor(weight, [0.5], shape: [1])
    #expect(weight.gradient.item() == 1)
  }

  @Test func aParameterWithoutGradientStays() {
    let used = Tensor.full(1, shape: [1]).requiringGradient()
    let unused = Tensor.full(1, shape: [1]).requiringGradient()
    let optimizer = Optimizer(
      .adamW(rate: 0.1, betas: [0.9, 0.999], weightDecay: 0.5), parameters: [used, unused])
    optimizer.step(minimising: used.sum(), rate: 0.1, gradientLimit: 1)
    expectTensor(unused, [1], shape: [1])
  }
}
