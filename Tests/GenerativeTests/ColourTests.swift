import SeededRandom
import TestSupport
import Testing
import Torch
import TorchTestSupport

@testable import Generative

@Suite struct ColourTests {
  private let side = TinyModel.side
  private static let stream = SeedStream(root: 1, purpose: "diffusion")

  // MARK: - Luminance and hint

  @Test func luminanceByHand() {
    // 0.299 · 255 = 76.2, 0.587 · 255 = 149.7, 0.114 · 255 = 29.07; grey stays.
    let reds: [UInt8] = [255, 0, 0, 255, 77, 10]
    let greens: [UInt8] = [0, 255, 0, 255, 77, 20]
    let blues: [UInt8] = [0, 0, 255, 255, 77, 30]
    #expect(Luminance.grey(of: reds + greens + blues) == [76, 150, 29, 255, 77, 18])
    for value in UInt8.min...UInt8.max {
      #expect(Luminance.grey(of: [value, value, value]) == [value])
    }
  }

  private struct Reference: Decodable {
    struct Case: Decodable {
      var threshold: Float
      var pixels: [UInt8]
      var grey: [UInt8]
      var edges: [UInt8]
    }
    var side: Int
    var cases: [Case]
  }

  @Test func matchesOpenCVAndNumPy() throws {
    let reference: Reference = try Fixture.json("generative/colour.json")
    let side = reference.side
    #expect(reference.cases.count == 4)
    for entry in reference.cases {
      #expect(Luminance.grey(of: entry.pixels) == entry.grey)
      var configuration = TinyModel.configuration()
      configuration.canny.threshold = entry.threshold
      let model = TinyModel.untrained(configuration, channels: 3)
      let hint = model.hint(
        pixels: entry.pixels + entry.pixels.reversed(), count: 2, height: side, width: side)
      #expect(hint.shape == [2, 4, side / 2, side / 2])
      let edges = hint.contiguous().pixelShuffled(factor: 2).array(of: Float.self)
      #expect(edges.prefix(side * side).map(UInt8.init) == entry.edges)
      #expect(entry.edges.contains(1))
    }
  }

  @Test func greyImageInColourHasItsGreyHint() {
    let (pixels, _) = TinyModel.images(count: 4)
    let grey = TinyModel.untrained().hint(
      pixels: pixels.flatMap { $0 }, count: 4, height: side, width: side)
    let colour = TinyModel.untrained(channels: 3).hint(
      pixels: pixels.flatMap { $0 + $0 + $0 }, count: 4, height: side, width: side)
    expectIdentical(colour, grey)
    #expect(grey.array(of: Float.self).contains(1))
  }

  // MARK: - Grid

  @Test func everyByteComesBackFromTheGrid() {
    let model = TinyModel.untrained(channels: 3)
    var generator = SeedStream(root: 5, purpose: "test").generator()
    let pixels = (0..<(5 * 3 * 64)).map { _ in UInt8(generator.uniform(below: 256)) }
    let grid = model.grid(.from(pixels, shape: [5, 3, 8, 8]))
    #expect(grid.shape == [5, 12, 4, 4])
    let images = model.images(grid)
    #expect(images.shape == [5, 3, 8, 8])
    #expect(images.array(of: UInt8.self) == pixels)
    // Channel 4 c + 2 y + x of the grid holds the patches' pixels (y, x) of plane c.
    let values = grid.contiguous().array(of: Float.self)
    for (plane, row, column) in [(0, 0, 0), (1, 3, 6), (2, 7, 5)] {
      let channel = 4 * plane + 2 * (row % 2) + column % 2
      let byte = pixels[3 * 3 * 64 + plane * 64 + row * 8 + column]
      let value = values[3 * 12 * 16 + channel * 16 + row / 2 * 4 + column / 2]
      #expect(abs(value - (Float(byte) / 127.5 - 1)) < 1e-6)
    }
  }

  // MARK: - Networks

  @Test func onlyImageSidesOfTheNetworksAreWider() {
    let (grey, colour) = (TinyModel.untrained(), TinyModel.untrained(channels: 3))
    let (before, after) = (grey.state.mapValues(\.shape), colour.state.mapValues(\.shape))
    #expect(colour.channels == 3 && grey.channels == 1)
    #expect(Set(before.keys) == Set(after.keys))
    let changed = after.filter { before[$0.key] != $0.value }
    #expect(
      changed == [
        "denoiser.encoder.input.weight": [16, 12, 3, 3],
        "denoiser.output.weight": [12, 16, 3, 3], "denoiser.output.bias": [12],
        "control.encoder.input.weight": [16, 12, 3, 3],
      ])
    // And the others start the same, but for biases whose range is that of the weights beside them.
    for (name, tensor) in grey.state
    where changed[name] == nil && !name.hasSuffix("encoder.input.bias") {
      #expect(colour.state[name]?.bytes() == tensor.bytes(), "\(name)")
    }
  }

  // MARK: - Training and sampling

  @Test func lossFallsInBothPhases() throws {
    let model = TinyModel.untrained(
      TinyModel.configuration(denoiser: 20, control: 20), channels: 3)
    let (pixels, labels) = TinyModel.colourImages(count: 36)
    let trainer = EchoModTrainer(
      model, pixels: pixels.flatMap { $0 }, labels: labels, height: side, width: side,
      stream: Self.stream)
    var losses: [Double] = []
    let isWhole = try trainer.run(from: nil) { state in
      losses.append(state.loss)
      return true
    }
    #expect(isWhole && losses.count == 40)
    #expect(losses.allSatisfy { $0.isFinite })
    let (denoiser, control) = (losses.prefix(20), losses.suffix(20))
    // The untrained network predicts zero, and v has about unit variance.
    #expect((0.5...1.5).contains(denoiser[0]))
    let ends = (denoiser.suffix(4).reduce(0, +) / 4, control.suffix(4).reduce(0, +) / 4)
    #expect(ends.0 < 0.8 * denoiser[0], "\(denoiser)")
    #expect(ends.1 < control.prefix(4).reduce(0, +) / 4, "\(control)")
    for (name, tensor) in model.state {
      #expect(tensor.array(of: Float.self).allSatisfy { $0.isFinite }, "\(name)")
    }
  }

  @Test func imageDependsOnOriginalAndLabelAlone() throws {
    let count = EchoModSampler.batchSize
    let pixels = TinyModel.colourImages(count: count).pixels
    let sampler = EchoModSampler(
      try TinyModel.random(channels: 3), height: side, width: side, stream: Self.stream)
    func sample(_ places: [Int], labels: [Int]) -> [[UInt8]] {
      sampler.sample(
        originals: places.map { pixels[$0] }, labels: labels, identifiers: places.map { 7 * $0 })
    }
    let places = Array(0..<count)
    let labels = places.map { ($0 / 2) % TinyModel.classes }
    let all = sample(places, labels: labels)
    #expect(all.allSatisfy { $0.count == 3 * side * side })
    #expect(Set(all).count > 100, "the images are all alike")
    // Their planes differ: no plane is a copy of another.
    for image in all { #expect(Set([image[..<64], image[64..<128], image[128...]]).count == 3) }
    #expect(sample(places.reversed(), labels: labels.reversed()) == all.reversed())
    for place in [0, 1, 63, 127] {
      #expect(sample([place], labels: [labels[place]]) == [all[place]])
    }
    var others = labels
    others[5] = (others[5] + 1) % TinyModel.classes
    let changed = sample(places, labels: others)
    #expect(places.filter { changed[$0] != all[$0] } == [5])
  }

  @Test func trainingAndSamplingLeakNoTensor() throws {
    let (pixels, labels) = TinyModel.colourImages(count: 8)
    try expectNoTensorLeak {
      let model = TinyModel.untrained(
        TinyModel.configuration(denoiser: 1, control: 1), channels: 3)
      let trainer = EchoModTrainer(
        model, pixels: pixels.flatMap { $0 }, labels: labels, height: side, width: side,
        stream: Self.stream)
      _ = try trainer.run(from: nil) { _ in true }
      _ = EchoModSampler(model, height: side, width: side, stream: Self.stream)
        .sample(originals: [pixels[0]], labels: [1], identifiers: [0])
    }
  }
}
