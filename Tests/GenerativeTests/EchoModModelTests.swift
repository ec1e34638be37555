import NN
import Testing
import Torch

@testable import Generative

@Suite struct EchoModModelTests {
  @Test func everyByteComesBackFromTheGrid() {
    let model = TinyModel.untrained()
    let pixels = (0..<256).map { UInt8($0) }
    let images = Tensor.from(pixels, shape: [4, 1, 8, 8])
    let grid = model.grid(images)
    #expect(grid.shape == [4, 4, 4, 4])
    let values = grid.array(of: Float.self)
    #expect(values.min() == -1 && values.max().map { abs($0 - 1) < 1e-6 } == true)
    #expect(model.images(grid).array(of: UInt8.self) == pixels)
  }

  @Test func valuesBeyondTheRangeAreLimited() {
    let model = TinyModel.untrained()
    let bright = model.images(.full(7, shape: [1, 4, 4, 4])).array(of: UInt8.self)
    let dark = model.images(.full(-7, shape: [1, 4, 4, 4])).array(of: UInt8.self)
    #expect(bright == [UInt8](repeating: 255, count: 64))
    #expect(dark == [UInt8](repeating: 0, count: 64))
  }

  @Test func hintsAreTheEdgesOfEachImage() {
    let model = TinyModel.untrained()
    let (pixels, _) = TinyModel.images(count: 3)
    let hint = model.hint(pixels: pixels.flatMap { $0 }, count: 3, height: 8, width: 8)
    let edges = hint.contiguous().pixelShuffled(factor: 2).array(of: Float.self)
    let expected = pixels.flatMap {
      model.configuration.canny.edges(of: $0, height: 8, width: 8).map(Float.init)
    }
    #expect(edges == expected)
    #expect(expected.contains(1))
  }

  @Test func savedParametersComeBack() throws {
    let saved = try TinyModel.random().state
    let data = try SafeTensors(tensors: saved).encoded()
    let model = TinyModel.untrained(seed: 9)
    try model.load(SafeTensors(decoding: data, name: "test").tensors)
    #expect(model.state.mapValues { $0.bytes() } == saved.mapValues { $0.bytes() })
    #expect(model.parameterCount == saved.values.reduce(0) { $0 + $1.count })
    var partial = saved
    partial["control.hint.bias"] = nil
    #expect(throws: ParameterError.self) { try model.load(partial) }
  }

  @Test func seedDecidesTheStart() {
    func weight(_ seed: UInt64) -> [UInt8]? {
      TinyModel.untrained(seed: seed).state["denoiser.encoder.input.weight"]?.bytes()
    }
    #expect(weight(1) == weight(1))
    #expect(weight(1) != weight(2))
  }
}
