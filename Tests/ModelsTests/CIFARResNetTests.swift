import Models
import NN
import SeededRandom
import TestSupport
import Testing
import Torch
import TorchTestSupport

struct CIFARResNetTests {
  struct Names: Decodable {
    let count: Int
    let shapes: [String: [Int]]
  }

  private func store(
    blocks: [Int], width: Int, classes: Int, stemPadding: Int = 1
  ) -> ParameterStore {
    let store = ParameterStore(stream: SeedStream(root: 1, purpose: "initial"), on: .cpu)
    _ = CIFARResNet(
      blocks: blocks, width: width, inputChannels: 3, classes: classes, stemPadding: stemPadding,
      at: store.root)
    return store
  }

  @Test(arguments: [
    ("resnet18", CIFARResNet.blocks18, 10, 11_173_962),
    ("resnet34", CIFARResNet.blocks34, 10, 21_282_122),
    ("resnet34-100", CIFARResNet.blocks34, 100, 21_328_292),
  ])
  func parametersAreThoseOfThePaper(name: String, blocks: [Int], classes: Int, count: Int) throws {
    let all: [String: Names] = try Fixture.json("models/names.json")
    let reference = try #require(all[name])
    let store = store(blocks: blocks, width: 64, classes: classes)
    #expect(store.parameterCount == count)
    #expect(reference.count == count)
    #expect(store.state.mapValues(\.shape) == reference.shapes)
  }

  @Test func agreesWithPyTorch() throws {
    let fixture = try ModelFixture("resnet18")
    let network = try fixture.network {
      CIFARResNet(blocks: CIFARResNet.blocks18, width: 4, inputChannels: 3, classes: 10, at: $0)
    }
    try fixture.expectAgreement(network)
  }

  @Test func theVariantWithoutStemPaddingAgreesWithPyTorch() throws {
    let fixture = try ModelFixture("resnet18")
    let network = try fixture.network {
      CIFARResNet(
        blocks: CIFARResNet.blocks18, width: 4, inputChannels: 3, classes: 10, stemPadding: 0,
        at: $0)
    }
    let logits = network.logits(try fixture.images, training: false)
    expectTensor(
      logits, try fixture.tensor("unpadded/logits"), relative: 2e-5, absolute: 2e-5)
    #expect(logits.bytes() != (try fixture.tensor("eval/logits")).bytes())
  }

  @Test(arguments: [28, 32])
  func greyImagesOfBothSizesPass(side: Int) {
    let network = Network(
      stream: SeedStream(root: 1, purpose: "initial"), on: .cpu, precision: .float32
    ) { CIFARResNet(blocks: [1, 1, 1, 1], width: 2, inputChannels: 1, classes: 7, at: $0) }
    let images = Tensor.full(0.5, shape: [2, 1, side, side])
    #expect(network.features(images, training: false).shape == [2, 16])
    #expect(network.logits(images, training: true).shape == [2, 7])
  }

  @Test func aTrainingStepLeavesNoTensor() throws {
    let network = Network(
      stream: SeedStream(root: 1, purpose: "initial"), on: .cpu, precision: .float32
    ) { CIFARResNet(blocks: [1, 1, 1, 1], width: 2, inputChannels: 3, classes: 2, at: $0) }
    let optimizer = Optimizer(
      .sgd(rate: 0.1, momentum: 0.9, weightDecay: 1e-4, nesterov: false),
      parameters: network.store.parameters)
    let images = Tensor.full(0.5, shape: [2, 3, 8, 8])
    expectNoTensorLeak {
      let loss = network.logits(images, training: true)
        .crossEntropy(targets: .from([0, 1], shape: [2])).mean()
      optimizer.step(minimising: loss, rate: 0.1)
    }
  }
}
