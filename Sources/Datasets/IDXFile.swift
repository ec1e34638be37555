import Foundation

/// An array of unsigned bytes in the IDX format of the MNIST family: two zero bytes, type 0x08, the number of
/// dimensions, big-endian 32-bit sizes, then the elements.
///
/// See yann.lecun.com/exdb/mnist.
public struct IDXFile: Hashable, Sendable {
  /// The sizes of the dimensions, outermost first.
  public let shape: [Int]
  /// The elements in row-major order.
  public let elements: [UInt8]

  /// Parses a file's bytes; `name` stands in messages for the file.
  ///
  /// - Throws: ``DatasetError`` when the bytes break the format.
  public init(decoding bytes: [UInt8], name: String) throws {
    func damaged(_ reason: String) -> DatasetError { DatasetError(.damaged, "\(name): \(reason)") }
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, bytes[2] == 8 else {
      throw damaged("expected an IDX file of unsigned bytes, found other first bytes")
    }
    let rank = Int(bytes[3])
    guard (1...4).contains(rank), bytes.count >= 4 + 4 * rank else {
      throw damaged("expected 1 to 4 dimensions with their sizes, found \(rank)")
    }
    shape = (0..<rank).map { dimension in
      bytes[(4 + 4 * dimension)..<(8 + 4 * dimension)].reduce(0) { $0 << 8 | Int($1) }
    }
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { throw damaged("shape \(shape) is impossible") }
      count = product
    }
    let start = 4 + 4 * rank
    guard bytes.count - start == count else {
      throw damaged("expected \(count) elements for shape \(shape), found \(bytes.count - start)")
    }
    elements = Array(bytes[start...])
  }
}
