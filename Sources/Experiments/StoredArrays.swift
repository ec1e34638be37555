import Foundation
import Torch

/// The arrays of a stored measurement, as plain numbers.
struct StoredArrays {
  private let path: String
  private let tensors: [String: Tensor]

  /// Reads a safetensors file.
  ///
  /// - Throws: ``Torch/TensorFileError`` when it cannot be read or breaks the format.
  init(contentsOf file: URL) throws {
    path = file.path
    tensors = try SafeTensors(contentsOf: file).tensors
  }

  /// The names of the arrays, sorted.
  var names: [String] { tensors.keys.sorted() }

  /// The numbers of an array of float32, row-major.
  func floats(_ name: String) throws -> [Float] { try tensor(name).array(of: Float.self) }

  /// The numbers of an array of int64, row-major.
  func integers(_ name: String) throws -> [Int] { try tensor(name).array(of: Int.self) }

  /// The size of an array's second dimension; 1 where it has none.
  func columns(_ name: String) throws -> Int {
    let shape = try tensor(name).shape
    return shape.count > 1 ? shape[1] : 1
  }

  private func tensor(_ name: String) throws -> Tensor {
    guard let tensor = tensors[name] else {
      throw TensorFileError(
        .malformed, path: path,
        reason: "expected an array '\(name)', found \(names.joined(separator: ", "))")
    }
    return tensor
  }
}
