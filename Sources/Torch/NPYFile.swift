import Foundation

/// One tensor in NumPy's NPY format, versions 1.0 to 3.0, little-endian, C order.
///
/// See numpy/numpy, doc/source/reference/generated/numpy.lib.format. Object arrays are refused, so nothing is executed.
public enum NPYFile {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let codes: [(String, ElementType)] = [
    ("|u1", .uint8), ("<i8", .int64), ("<f4", .float32), ("<f8", .float64), ("|b1", .bool),
  ]

  /// The file's bytes.
  ///
  /// - Precondition: The type is one that NumPy has; bfloat16 is none.
  public static func encode(_ tensor: Tensor) -> Data {
    guard let code = codes.first(where: { $0.1 == tensor.type })?.0 else {
      preconditionFailure("NPY has no element type for \(tensor.summary)")
    }
    let sizes = tensor.shape.map { "\($0)," }.joined(separator: " ")
    var header = "{'descr': '\(code)', 'fortran_order': False, 'shape': (\(sizes)), }"
    let unpadded = magic.count + 4 + header.utf8.count + 1
    header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    var file = Data(magic + [1, 0])
    withUnsafeBytes(of: UInt16(header.utf8.count).littleEndian) { file.append(contentsOf: $0) }
    file.append(contentsOf: Array(header.utf8))
    file.append(contentsOf: tensor.bytes())
    return file
  }

  /// Reads a file.
  ///
  /// - Throws: ``TensorFileError`` when the file is missing, breaks the format, or holds a type that is not supported.
  public static func read(_ url: URL) throws -> Tensor {
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw TensorFileError(
        .unreadable, path: url.path,
        reason: "expected a readable NPY file: \(error.localizedDescription)")
    }
    return try decode(data, name: url.path)
  }

  /// Reads the format from bytes; `name` stands in messages for the file.
  ///
  /// - Throws: ``TensorFileError`` when the bytes break the format.
  public static func decode(_ data: Data, name: String) throws -> Tensor {
    func malformed(_ reason: String) -> TensorFileError {
      TensorFileError(.malformed, path: name, reason: reason)
    }
    let bytes = [UInt8](data)
    guard bytes.count >= 12, Array(bytes[..<6]) == magic, (1...3).contains(bytes[6]) else {
      throw malformed("expected an NPY file of version 1 to 3, found other first bytes")
    }
    let lengthBytes = bytes[6] == 1 ? 2 : 4
    let headerLength = bytes[8..<(8 + lengthBytes)].reversed().reduce(0) { $0 << 8 | Int($1) }
    let start = 8 + lengthBytes + headerLength
    guard start <= bytes.count else {
      throw malformed("header of \(headerLength) bytes runs past the end (\(bytes.count) bytes)")
    }
    let header = String(decoding: bytes[(8 + lengthBytes)..<start], as: UTF8.self)
    guard let code = quoted(after: "'descr'", in: header) else {
      throw malformed("the header names no plain element type; object arrays are refused")
    }
    guard code != "|O" else { throw malformed("object arrays are refused") }
    guard let type = codes.first(where: { $0.0 == code })?.1 else {
      throw malformed(
        "element type \(code) is not supported, expected one of "
          + codes.map(\.0).joined(separator: ", "))
    }
    guard header.contains("'fortran_order': False") else {
      throw malformed("expected C order; save with numpy.ascontiguousarray")
    }
    guard let shape = shape(in: header) else { throw malformed("the header has no shape") }
    guard let size = type.byteCount(of: shape) else {
      throw malformed("shape \(shape) is impossible")
    }
    guard bytes.count - start == size else {
      throw malformed("expected \(size) bytes for shape \(shape), found \(bytes.count - start)")
    }
    guard type != .bool || bytes[start...].allSatisfy({ $0 < 2 }) else {
      throw malformed("expected truth values of 0 or 1, found another byte")
    }
    return bytes[start...].withUnsafeBytes { Tensor.from(bytes: $0, shape: shape, type: type) }
  }

  private static func quoted(after key: String, in header: String) -> String? {
    guard let range = header.range(of: key) else { return nil }
    let parts = header[range.upperBound...].split(
      separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].allSatisfy({ $0 == ":" || $0 == " " }) else { return nil }
    return String(parts[1])
  }

  private static func shape(in header: String) -> [Int]? {
    guard let key = header.range(of: "'shape'"),
      let open = header[key.upperBound...].firstIndex(of: "("),
      let close = header[open...].firstIndex(of: ")")
    else { return nil }
    var sizes: [Int] = []
    for part in header[header.index(after: open)..<close].split(separator: ",") {
      let text = part.trimmingCharacters(in: .whitespaces)
      if text.isEmpty { continue }
      guard let size = Int(text), size >= 0 else { return nil }
      sizes.append(size)
    }
    return sizes
  }
}
