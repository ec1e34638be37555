import Foundation
import RunStore

/// Writes what the statistics commands find.
enum StatisticsOutput {
  /// Prints a result as one line of JSON on standard output, with sorted names.
  ///
  /// Numbers that JSON does not have are the texts `NaN`, `Infinity` and `-Infinity`.
  static func json(_ result: some Encodable) throws {
    try text(String(decoding: try CanonicalJSON.encode(result, nonFinite: .text), as: UTF8.self))
  }

  /// Prints lines for people on standard output.
  static func text(_ lines: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((lines + "\n").utf8))
    } catch {
      throw FileSystemError(path: "standard output", operation: .write, errorNumber: errno)
    }
  }

  /// Writes single-precision numbers, row after row, as an NPY file.
  static func npy(_ values: [Float], shape: [Int], to path: String) throws {
    try write(values, element: .float32, shape: shape, to: path)
  }

  /// Writes double-precision numbers, row after row, as an NPY file.
  static func npy(_ values: [Double], shape: [Int], to path: String) throws {
    try write(values, element: .float64, shape: shape, to: path)
  }

  /// Writes 32-bit whole numbers, row after row, as an NPY file.
  static func npy(_ values: [Int32], shape: [Int], to path: String) throws {
    try write(values, element: .int32, shape: shape, to: path)
  }

  /// Writes 64-bit whole numbers, row after row, as an NPY file.
  static func npy(_ values: [Int], shape: [Int], to path: String) throws {
    try write(values, element: .int64, shape: shape, to: path)
  }

  private static func write<Number>(
    _ values: [Number], element: NumberArray.Element, shape: [Int], to path: String
  ) throws {
    precondition(
      shape.reduce(1, *) == values.count && MemoryLayout<Number>.size == element.size,
      "\(values.count) values of \(MemoryLayout<Number>.size) bytes for shape \(shape)")
    let sizes = shape.map { "\($0)," }.joined(separator: " ")
    var header =
      "{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': (\(sizes)), }"
    let unpadded = NumberArray.magic.count + 4 + header.utf8.count + 1
    header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    var file = Data(NumberArray.magic + [1, 0])
    let length = header.utf8.count
    file.append(contentsOf: [UInt8(length & 0xFF), UInt8(length >> 8)])
    file.append(contentsOf: header.utf8)
    values.withUnsafeBytes { file.append(contentsOf: $0) }
    try AtomicFile.write(file, to: URL(fileURLWithPath: path))
  }
}
