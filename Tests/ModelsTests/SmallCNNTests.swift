import Models
import NN
import SeededRandom
import Testing
import Torch
import TorchTestSupport

struct SmallCNNTests {
  @Test func agreesWithPyTorch() throws {
    let fixture = try ModelFixture("small_cnn")
    let network = try fixture.network {
      SmallCNN(channels: [4, 6], hidden: 8, inputShape: [1, 28, 28], classes: 5, at: $0)
    }
    try fixture.expectAgreement(network)
  }

  /// By hand: 3·3·1·4 + 4, 3·3·4·6 + 6, 6·7·7·8, 2·8, 8·5 + 5.
  @Test func parameterCountByHand() {
    let store = ParameterStore(stream: SeedStream(root: 1, purpose: "initial"), on: .cpu)
    _ = SmallCNN(channels: [4, 6], hidden: 8, inputShape: [1, 28, 28], classes: 5, at: store.root)
    #expect(store.parameterCount == 40 + 222 + 2352 + 16 + 45)
    #expect(
      store.entries.map(\.name) == [
        "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "hidden.weight", "norm.weight",
        "norm.bias", "norm.running_mean", "norm.running_var", "linear.weight", "linear.bias",
      ])
  }

  @Test(arguments: [[1, 28, 28], [3, 32, 32], [2, 9, 7]])
  func oddSizesPass(shape: [Int]) {
    let network = Network(
      stream: SeedStream(root: 1, purpose: "initial"), on: .cpu, precision: .float32
    ) { SmallCNN(channels: [2, 3, 2], hidden: 4, inputShape: shape, classes: 3, at: $0) }
    let images = Tensor.full(0.5, shape: [2] + shape)
    #expect(network.features(images, training: false).shape == [2, 4])
    #expect(network.logits(images, training: true).shape == [2, 3])
  }
}
