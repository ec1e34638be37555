import Foundation
import Models
import NN
import SeededRandom
import Testing
import Torch

struct ModelConfigurationTests {
  static let all: [ModelConfiguration] = [
    .resNet18, .resNet34, .resNet(depth: 18, width: 8, stemPadding: 0),
    .smallCNN(channels: [8, 16], hidden: 32),
  ]

  private func parameterCount(
    _ configuration: ModelConfiguration, inputShape: [Int], classes: Int
  ) -> Int {
    let store = ParameterStore(stream: SeedStream(root: 1, purpose: "initial"), on: .cpu)
    _ = configuration.make(inputShape: inputShape, classes: classes, at: store.root)
    return store.parameterCount
  }

  @Test func thePapersNetworksHaveTheirSizes() {
    #expect(parameterCount(.resNet18, inputShape: [3, 32, 32], classes: 10) == 11_173_962)
    #expect(parameterCount(.resNet34, inputShape: [3, 32, 32], classes: 100) == 21_328_292)
  }

  @Test func namesForTables() {
    #expect(
      Self.all.map(\.displayName) == [
        "ResNet-18 (width 64)", "ResNet-34 (width 64)", "ResNet-18 (width 8)",
        "small CNN (8-16, hidden 32)",
      ])
  }

  @Test(arguments: all)
  func survivesJSON(configuration: ModelConfiguration) throws {
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(ModelConfiguration.self, from: data) == configuration)
  }

  @Test func theStemPaddingIsPassedOn() {
    let sizes = [0, 1].map { padding in
      let network = Network(
        stream: SeedStream(root: 1, purpose: "initial"), on: .cpu, precision: .float32
      ) {
        ModelConfiguration.resNet(depth: 18, width: 2, stemPadding: padding)
          .make(inputShape: [1, 9, 9], classes: 2, at: $0)
      }
      return network.logits(.full(1, shape: [1, 1, 9, 9]), training: false).bytes()
    }
    #expect(sizes[0] != sizes[1])
  }

  @Test func anUnknownDepthStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      let store = ParameterStore(stream: SeedStream(root: 1, purpose: ""), on: .cpu)
      _ = ModelConfiguration.resNet(depth: 50, width: 1, stemPadding: 1)
        .make(inputShape: [3, 32, 32], classes: 10, at: store.root)
    }
  }
}
