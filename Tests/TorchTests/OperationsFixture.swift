import TestSupport
import Torch
import TorchTestSupport

/// Operations with their gradients, made by Tests/Fixtures/scripts/torch_reference.py with PyTorch.
struct OperationsFixture {
  struct Case: Decodable, Sendable {
    let inputs: [String: ReferenceTensor]
    let output, cotangent: ReferenceTensor
    let gradients: [String: ReferenceTensor]
    let index: [Int]?
    let before, after: [ReferenceTensor]?
  }

  static func cases() throws -> [String: Case] { try Fixture.json("torch/operations.json") }

  static func named(_ name: String) throws -> Case {
    guard let found = try cases()[name] else { throw Missing(name: name) }
    return found
  }

  struct Missing: Error { let name: String }
}
