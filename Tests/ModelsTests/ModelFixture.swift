import NN
import SeededRandom
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Weights, inputs and outputs of a network, made by Tests/Fixtures/scripts/models.py with PyTorch.
struct ModelFixture {
  let tensors: [String: Tensor]

  init(_ name: String) throws {
    tensors = try SafeTensors(contentsOf: Fixture.url("models/\(name).safetensors")).tensors
  }

  func tensor(_ name: String) throws -> Tensor {
    try #require(tensors[name], "the fixture has no '\(name)'")
  }

  var images: Tensor { get throws { try tensor("images").to(.float32) } }

  /// The tensors whose names begin with a prefix, without it.
  func part(_ prefix: String) -> [String: Tensor] {
    var result: [String: Tensor] = [:]
    for (name, tensor) in tensors where name.hasPrefix(prefix) {
      result[String(name.dropFirst(prefix.count))] = tensor
    }
    return result
  }

  /// A network with the fixture's weights.
  func network(_ make: (ParameterPath) -> any ImageClassifier) throws -> Network {
    let stream = SeedStream(root: 0, purpose: "initial")
    let network = Network(stream: stream, on: .cpu, precision: .float32, make: make)
    try network.store.load(part("weights/"))
    return network
  }

  /// Expects outputs of both modes, running statistics and gradients to be the fixture's.
  func expectAgreement(_ network: Network) throws {
    let tolerance = 2e-5
    func expectNear(_ actual: Tensor, _ expected: Tensor, _ name: String) {
      expectTensor(actual, expected, relative: tolerance, absolute: tolerance, name)
    }
    let images = try images
    expectNear(
      network.features(images, training: false), try tensor("eval/features"), "features")
    expectNear(network.logits(images, training: false), try tensor("eval/logits"), "evaluation")
    let logits = network.logits(images, training: true)
    expectNear(logits, try tensor("train/logits"), "training")
    logits.crossEntropy(targets: try tensor("labels")).mean().backward()
    let state = network.store.state
    let (after, gradients) = (part("after/"), part("gradients/"))
    #expect(!after.isEmpty && !gradients.isEmpty)
    for (name, expected) in after { expectNear(try #require(state[name]), expected, name) }
    for (name, expected) in gradients {
      let gradient = try #require(state[name]).gradient
      expectTensor(gradient, expected, relative: 1e-3, absolute: 2e-5, "gradient of \(name)")
    }
  }
}
