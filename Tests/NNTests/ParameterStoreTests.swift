import NN
import SeededRandom
import Testing
import Torch
import TorchTestSupport

struct ParameterStoreTests {
  private let store = ParameterStore(stream: SeedStream(root: 3, purpose: "initial"), on: .cpu)
  private let weight: Tensor
  private let running: Tensor

  init() {
    let path = store.root / "layer1" / 0
    weight = path.parameter("weight", shape: [2, 3], initial: .uniform(bound: 1))
    running = path.buffer("running_mean", shape: [2], value: 0.5)
  }

  @Test func namesAreDottedAndInOrder() {
    #expect(store.entries.map(\.name) == ["layer1.0.weight", "layer1.0.running_mean"])
    #expect(store.entries.map(\.isTrainable) == [true, false])
    #expect(store.parameters.count == 1)
    #expect(store.parameterCount == 6)
    #expect(store.device == .cpu)
    #expect(Set(store.state.keys) == ["layer1.0.weight", "layer1.0.running_mean"])
  }

  @Test func onlyParametersHaveGradients() {
    (weight.sum() + running.sum()).backward()
    expectTensor(weight.gradient, [1, 1, 1, 1, 1, 1], shape: [2, 3])
    #expect(!running.gradient.isDefined)
  }

  @Test func constantsAreNotSaved() {
    expectTensor(store.root.constant([1, 2], shape: [2]), [1, 2], shape: [2])
    #expect(store.entries.count == 2)
  }

  @Test func convolutionWeightsLieChannelsLast() {
    let kernel = store.root.parameter("conv", shape: [4, 3, 2, 2], initial: .uniform(bound: 1))
    #expect(kernel.isChannelsLast)
    let drawn = SeedStream(root: 3, purpose: "initial")
    var generator = drawn.generator(2)
    // The values are drawn in row-major order all the same.
    let expected = (0..<48).map { _ in 2 * generator.uniform() - 1 }
    expectTensor(kernel, expected, shape: [4, 3, 2, 2], relative: 1e-7, absolute: 1e-7)
  }

  @Test func savedValuesAreTakenOver() throws {
    let saved = [
      "layer1.0.weight": Tensor.full(2, shape: [2, 3]),
      "layer1.0.running_mean": .full(-1.5, shape: [2], type: .bfloat16),
    ]
    try store.load(saved)
    expectTensor(weight, [2, 2, 2, 2, 2, 2], shape: [2, 3])
    expectTensor(running, [-1.5, -1.5], shape: [2])
    #expect(running.type == .float32)
    (weight * 1).sum().backward()
    #expect(weight.gradient.isDefined)
  }

  @Test func valuesThatDoNotFitChangeNothing() throws {
    let before = store.state.mapValues { $0.clone() }
    let zeros = store.state.mapValues { $0.detached() * 0 }
    func expectRefusal(_ expected: ParameterError, _ change: (inout [String: Tensor]) -> Void) {
      var state = zeros
      change(&state)
      #expect(throws: expected) { try store.load(state) }
      for (name, tensor) in before {
        expectIdentical(store.state[name] ?? tensor * 2, tensor, name)
      }
    }
    expectRefusal(.missing(name: "layer1.0.running_mean")) { $0["layer1.0.running_mean"] = nil }
    expectRefusal(.unknown(name: "a")) {
      $0["b"] = .zeros([1]); $0["a"] = .zeros([1])
    }
    expectRefusal(.shape(name: "layer1.0.running_mean", expected: [2], found: [2, 1])) {
      $0["layer1.0.running_mean"] = .zeros([2, 1])
    }
  }

  @Test func errorsNameTheTensor() {
    #expect(
      ParameterError.missing(name: "a.b").description == "no saved values for parameter 'a.b'")
    #expect(
      ParameterError.unknown(name: "a.b").description
        == "saved values for 'a.b', which the network does not have")
    #expect(
      ParameterError.shape(name: "a", expected: [1, 2], found: [3]).description
        == "parameter 'a': expected shape [1, 2], found [3]")
  }

  @Test func aNameUsedTwiceStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      let store = ParameterStore(stream: SeedStream(root: 0, purpose: ""), on: .cpu)
      _ = store.root.buffer("a", shape: [1], value: 0)
      _ = store.root.buffer("a", shape: [1], value: 0)
    }
  }
}
