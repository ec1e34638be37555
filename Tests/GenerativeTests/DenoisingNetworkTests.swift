import SeededRandom
import Testing
import Torch
import TorchTestSupport

@testable import Generative

@Suite struct DenoisingNetworkTests {
  private func grids(count: Int) -> Tensor {
    var generator = SeedStream(root: 6, purpose: "test").generator()
    return Tensor.from(
      (0..<(count * 64)).map { _ in Float(generator.normal()) }, shape: [count, 4, 4, 4]
    ).channelsLast()
  }

  private func conditioning(_ model: EchoModModel, labels: [Int]) -> Tensor {
    model.denoiser.conditioning(
      times: .from(labels.indices.map { Float($0 + 1) / 5 }, shape: [labels.count]),
      labels: .from(labels, shape: [labels.count]))
  }

  @Test func untrainedNetworkPredictsZero() {
    let model = TinyModel.untrained()
    let predicted = withoutGradient {
      model.denoiser(
        grids(count: 3), shifts: model.denoiser.shifts(conditioning(model, labels: [0, 2, 3])))
    }
    #expect(predicted.shape == [3, 4, 4, 4])
    #expect(predicted.array(of: Float.self).allSatisfy { $0 == 0 })
  }

  @Test func untrainedControlAddsZero() throws {
    let model = try TinyModel.random()
    try model.startControl()
    let fresh = TinyModel.untrained()
    // Random everywhere but in the branch's closing convolutions, which are those of a fresh model.
    var state = model.state
    for (name, tensor) in fresh.state where name.contains("zero") { state[name] = tensor }
    try model.load(state)
    let hint = Tensor.full(1, shape: [2, 4, 4, 4]).channelsLast()
    withoutGradient {
      let shifts = model.denoiser.shifts(conditioning(model, labels: [0, 1]))
      let plain = model.branch.shifts(conditioning(model, labels: [3, 3]))
      let noisy = grids(count: 2)
      let control = model.branch(noisy, hint: model.branch.features(ofHint: hint), shifts: plain)
      #expect(control.count == 3)
      for addition in control {
        #expect(addition.array(of: Float.self).allSatisfy { $0 == 0 })
      }
      expectIdentical(
        model.denoiser(noisy, shifts: shifts, control: control),
        model.denoiser(noisy, shifts: shifts))
    }
  }

  @Test func trainedControlChangesThePrediction() throws {
    let model = try TinyModel.random()
    withoutGradient {
      let shifts = model.denoiser.shifts(conditioning(model, labels: [0, 1]))
      let plain = model.branch.shifts(conditioning(model, labels: [3, 3]))
      let noisy = grids(count: 2)
      func predicted(hint: Double) -> [Float] {
        let edges = Tensor.full(hint, shape: [2, 4, 4, 4]).channelsLast()
        return model.denoiser(
          noisy, shifts: shifts,
          control: model.branch(noisy, hint: model.branch.features(ofHint: edges), shifts: plain)
        ).array(of: Float.self)
      }
      let without = model.denoiser(noisy, shifts: shifts).array(of: Float.self)
      #expect(predicted(hint: 0) != without)
      #expect(predicted(hint: 1) != predicted(hint: 0))
    }
  }

  @Test func controlStartsAsACopyOfTheEncoder() throws {
    let model = TinyModel.untrained()
    let before = model.state
    #expect(
      before["control.encoder.input.weight"]?.bytes()
        != before["denoiser.encoder.input.weight"]?.bytes())
    let hint = before["control.hint.weight"]?.bytes()
    try model.startControl()
    let after = model.state
    var copied = 0
    for (name, tensor) in after where name.hasPrefix("control.encoder.") {
      let source = "denoiser." + name.dropFirst("control.".count)
      #expect(after[source]?.bytes() == tensor.bytes(), "\(name)")
      copied += 1
    }
    // An input convolution and two blocks of norm, convolution and embedding, weight and bias each.
    #expect(copied == 14)
    #expect(after["control.hint.weight"]?.bytes() == hint)
  }

  @Test func labelAndTimeMatter() throws {
    let model = try TinyModel.random()
    func conditioning(time: Float, label: Int) -> [Float] {
      withoutGradient {
        model.denoiser.conditioning(
          times: .from([time], shape: [1]), labels: .from([label], shape: [1])
        ).array(of: Float.self)
      }
    }
    let base = conditioning(time: 0.3, label: 1)
    #expect(conditioning(time: 0.3, label: 1) == base)
    #expect(conditioning(time: 0.3, label: 2) != base)
    #expect(conditioning(time: 0.3, label: TinyModel.classes) != base)
    #expect(conditioning(time: 0.31, label: 1) != base)
  }
}
