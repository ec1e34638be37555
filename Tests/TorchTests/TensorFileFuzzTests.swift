import Foundation
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Damaged files are refused with the typed error or read, and never bring the process down.
struct TensorFileFuzzTests {
  private static let rounds = 6_000

  /// Decodes damaged forms of a file; returns how many were refused.
  private func refusals(
    of file: Data, seed: UInt64, _ decode: (Data) throws -> [Tensor]
  ) throws -> Int {
    let original = [UInt8](file)
    var generator = SplitMix(seed: seed)
    var refused = 0
    for _ in 0..<Self.rounds {
      let damaged = Data(generator.damaged(original))
      do {
        for tensor in try withTorchErrors({ try decode(damaged) }) { #expect(tensor.isDefined) }
      } catch is TensorFileError {
        refused += 1
      }
    }
    return refused
  }

  @Test func safeTensors() throws {
    let file = try Fixture.data("torch/reference.safetensors")
    let refused = try refusals(of: file, seed: 1) {
      Array(try SafeTensors(decoding: $0, name: "x").tensors.values)
    }
    // Damage to the elements cannot be seen; most of this file is header.
    #expect((Self.rounds / 2..<Self.rounds).contains(refused), "\(refused) refused")
  }

  @Test(arguments: ["matrix", "version2", "mask"])
  func npyFiles(name: String) throws {
    let file = try Fixture.data("torch/\(name).npy")
    let refused = try refusals(of: file, seed: 2) { [try NPYFile.decode($0, name: "x")] }
    #expect((Self.rounds / 4..<Self.rounds).contains(refused), "\(refused) refused")
  }
}
