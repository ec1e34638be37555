import Foundation
import SeededRandom
import Testing
import Torch
import TorchTestSupport

@testable import Generative

@Suite struct EchoModTrainerTests {
  private func trainer(_ model: EchoModModel, count: Int = 36, seed: UInt64 = 1) -> EchoModTrainer {
    let (pixels, labels) = TinyModel.images(count: count)
    return EchoModTrainer(
      model, pixels: pixels.flatMap { $0 }, labels: labels, height: TinyModel.side,
      width: TinyModel.side, stream: SeedStream(root: seed, purpose: "diffusion"))
  }

  private struct Saved: Equatable {
    var epochs: Int
    var loss: Double
    var tensors: Data

    init(_ state: EchoModTrainer.State) throws {
      epochs = state.epochs
      loss = state.loss
      tensors = try SafeTensors(tensors: state.tensors).encoded()
    }

    func restored() throws -> EchoModTrainer.State {
      .init(
        epochs: epochs, loss: loss,
        tensors: try SafeTensors(decoding: tensors, name: "progress").tensors)
    }
  }

  private func run(
    _ configuration: EchoModConfiguration, from saved: Saved? = nil, seed: UInt64 = 1
  ) throws -> (states: [Saved], final: [String: [UInt8]]) {
    let model = TinyModel.untrained(configuration)
    var states: [Saved] = []
    let isWhole = try trainer(model, seed: seed).run(from: try saved?.restored()) { state in
      states.append(try Saved(state))
      return true
    }
    #expect(isWhole)
    return (states, model.state.mapValues { $0.bytes() })
  }

  @Test func lossFallsInBothPhases() throws {
    let configuration = TinyModel.configuration(denoiser: 20, control: 20)
    let losses = try run(configuration).states.map(\.loss)
    #expect(losses.count == 40)
    let (denoiser, control) = (losses.prefix(20), losses.suffix(20))
    // The untrained network predicts zero, and v has about unit variance.
    #expect((0.5...1.5).contains(denoiser[0]))
    let ends = (denoiser.suffix(3).reduce(0, +) / 3, control.suffix(3).reduce(0, +) / 3)
    #expect(ends.0 < 0.8 * denoiser[0], "\(denoiser)")
    #expect(ends.1 < control.prefix(3).reduce(0, +) / 3, "\(control)")
  }

  @Test func continuedTrainingIsTheUndisturbedOne() throws {
    let configuration = TinyModel.configuration(denoiser: 2, control: 2)
    let whole = try run(configuration)
    #expect(whole.states.map(\.epochs) == [1, 2, 3, 4])
    for saved in whole.states {
      let rest = try run(configuration, from: saved)
      #expect(rest.states == Array(whole.states.dropFirst(saved.epochs)))
      #expect(rest.final == whole.final, "from epoch \(saved.epochs)")
    }
  }

  @Test func seedDecidesTheDraws() throws {
    let configuration = TinyModel.configuration(denoiser: 1, control: 1)
    let base = try run(configuration)
    #expect(try run(configuration).final == base.final)
    #expect(try run(configuration, seed: 2).final != base.final)
  }

  @Test func controlTrainingLeavesTheDenoiserAlone() throws {
    let configuration = TinyModel.configuration(denoiser: 1, control: 2)
    let states = try run(configuration).states
    let tensors = try states.map { try $0.restored().tensors }
    func part(_ index: Int, _ prefix: String) -> [String: [UInt8]] {
      tensors[index].filter { $0.key.hasPrefix("model/\(prefix).") }.mapValues { $0.bytes() }
    }
    #expect(part(0, "denoiser") == part(2, "denoiser"))
    #expect(part(1, "control") != part(2, "control"))
    // And in its own phase the branch does not move.
    let fresh = TinyModel.untrained(configuration).branchStore.state
    for (name, tensor) in fresh {
      #expect(tensors[0]["model/control.\(name)"]?.bytes() == tensor.bytes(), "\(name)")
    }
  }

  @Test func callerCanStop() throws {
    var seen: [Int] = []
    let isWhole = try trainer(TinyModel.untrained()).run(from: nil) { state in
      seen.append(state.epochs)
      return state.epochs < 3
    }
    #expect(!isWhole && seen == [1, 2, 3])
  }

  @Test func noTensorLeaks() throws {
    let configuration = TinyModel.configuration(denoiser: 1, control: 1)
    try expectNoTensorLeak { _ = try run(configuration) }
  }
}
