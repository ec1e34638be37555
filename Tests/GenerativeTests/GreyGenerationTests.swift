import Foundation
import SeededRandom
import TestSupport
import Testing
import Torch

@testable import Generative

/// Stored generators are named by their configuration, so grey ones must train and sample as they did before colour
/// images came.
@Suite struct GreyGenerationTests {
  /// What the last version without colour gave, of `TinyModel` with three epochs of each phase.
  ///
  /// Other processors may round otherwise; a draw that moved would shift everything by far more.
  private struct Reference: Decodable {
    struct Parameter: Decodable {
      var shape: [Int]
      var start: [Double]
      var end: [Double]
    }
    /// Shape, and the first, last, mean and mean square of each parameter before and after training.
    var parameters: [String: Parameter]
    var losses: [Double]
    /// Eight modified images.
    var images: [[Int]]
  }

  private func summary(_ tensor: Tensor) -> [Double] {
    let values = tensor.array(of: Float.self).map(Double.init)
    let count = Double(values.count)
    return [
      values.first ?? .nan, values.last ?? .nan, values.reduce(0, +) / count,
      values.reduce(0) { $0 + $1 * $1 } / count,
    ]
  }

  @Test func isWhatItWasBeforeColour() throws {
    let reference: Reference = try Fixture.json("generative/grey.json")
    let model = TinyModel.untrained(TinyModel.configuration(denoiser: 3, control: 3))
    let start = model.state
    #expect(start.mapValues(\.shape) == reference.parameters.mapValues(\.shape))
    for (name, parameter) in reference.parameters {
      expectClose(
        summary(try #require(start[name])), parameter.start, relative: 1e-6, absolute: 1e-9, name)
    }
    let (pixels, labels) = TinyModel.images(count: 36)
    let trainer = EchoModTrainer(
      model, pixels: pixels.flatMap { $0 }, labels: labels, height: TinyModel.side,
      width: TinyModel.side, stream: SeedStream(root: 1, purpose: "diffusion"))
    var losses: [Double] = []
    _ = try trainer.run(from: nil) { state in
      losses.append(state.loss)
      return true
    }
    expectClose(losses, reference.losses, relative: 1e-4)
    for (name, tensor) in model.state {
      let expected = try #require(reference.parameters[name]).end
      expectClose(summary(tensor), expected, relative: 1e-2, absolute: 1e-3, name)
    }
    let sampler = EchoModSampler(
      model, height: TinyModel.side, width: TinyModel.side,
      stream: SeedStream(root: 1, purpose: "diffusion/sampling"))
    let images = sampler.sample(
      originals: Array(pixels.prefix(8)), labels: (0..<8).map { ($0 + 1) % TinyModel.classes },
      identifiers: Array(0..<8))
    #expect(images.count == reference.images.count)
    let pairs = zip(images.joined(), reference.images.joined())
    let differences = pairs.map { abs(Int($0) - $1) }
    #expect(differences.count == 8 * 64)
    #expect((differences.max() ?? 0) <= 4 && differences.reduce(0, +) < 64, "\(differences)")
  }
}
