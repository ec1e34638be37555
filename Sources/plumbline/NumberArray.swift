import Foundation

/// An array of numbers in NumPy's NPY format, of any plain little-endian element type, rank and order.
///
/// See numpy/numpy, doc/source/reference/generated/numpy.lib.format. Object arrays are refused, so
/// nothing is executed.
struct NumberArray {
  /// How one element is stored.
  enum Element: String, CaseIterable {
    case bool = "|b1"
    case int8 = "|i1"
    case int16 = "<i2"
    case int32 = "<i4"
    case int64 = "<i8"
    case uint8 = "|u1"
    case uint16 = "<u2"
    case uint32 = "<u4"
    case uint64 = "<u8"
    case float16 = "<f2"
    case float32 = "<f4"
    case float64 = "<f8"

    /// The bytes of one element, the last character of its code.
    var size: Int { rawValue.last?.wholeNumberValue ?? 1 }
    /// Whether it stores whole numbers or truth values.
    var isWhole: Bool { !rawValue.contains("f") }
  }

  /// Where it was read from; messages name it.
  let path: String
  /// How elements are stored.
  let element: Element
  /// The sizes of the axes.
  let shape: [Int]
  private let isColumnMajor: Bool
  private let payload: Data

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads an array from a file's bytes.
  init(_ data: Data, path: String) throws {
    func refused(_ reason: String) -> StatisticsInputError { .badData(path, reason) }
    let start = [UInt8](data.prefix(12))
    guard start.count == 12, Array(start[..<6]) == Self.magic, (1...3).contains(start[6]) else {
      throw refused("expected an NPY file of version 1 to 3, found other first bytes")
    }
    let lengthBytes = start[6] == 1 ? 2 : 4
    let length = start[8..<(8 + lengthBytes)].reversed().reduce(0) { $0 << 8 | Int($1) }
    let offset = 8 + lengthBytes + length
    guard offset <= data.count else {
      throw refused("the header of \(length) bytes runs past the end; copy the file again")
    }
    let header = String(
      decoding: data.dropFirst(8 + lengthBytes).prefix(length), as: UTF8.self)
    guard let code = header.firstMatch(of: /'descr'\s*:\s*'([^']*)'/)?.1 else {
      throw refused("the header names no plain element type; save an array of numbers")
    }
    guard let element = Element(rawValue: String(code)) else {
      let known = Element.allCases.map(\.rawValue).joined(separator: ", ")
      throw refused(
        "element type \(code) is not supported, expected one of \(known); convert with astype")
    }
    guard let order = header.firstMatch(of: /'fortran_order'\s*:\s*(True|False)/)?.1,
      let sizes = header.firstMatch(of: /'shape'\s*:\s*\(([0-9, ]*)\)/)?.1
    else { throw refused("the header has no shape or no order; save it again with numpy.save") }
    let shape = sizes.split(whereSeparator: { $0 == "," || $0 == " " }).compactMap { Int($0) }
    var size = element.size
    for axis in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: axis)
      guard !overflow else { throw refused("shape \(shape) is impossible") }
      size = product
    }
    guard data.count - offset == size else {
      throw refused(
        "expected \(size) bytes of \(element.rawValue) for shape \(shape), "
          + "found \(data.count - offset); copy the file again")
    }
    self.path = path
    self.element = element
    self.shape = shape
    isColumnMajor = order == "True" && shape.count > 1
    payload = data.dropFirst(offset)
    guard !isColumnMajor || shape.count == 2 else {
      throw refused("expected C order; save with numpy.ascontiguousarray")
    }
  }

  /// The number of elements.
  var count: Int { shape.reduce(1, *) }

  /// The elements as floating-point numbers, row after row.
  func numbers<Number: BinaryFloatingPoint>(as type: Number.Type = Number.self) -> [Number] {
    switch element {
    case .bool: return converted { (value: UInt8) in value == 0 ? 0 : 1 }
    case .int8: return converted { (value: Int8) in Number(value) }
    case .int16: return converted { (value: Int16) in Number(value) }
    case .int32: return converted { (value: Int32) in Number(value) }
    case .int64: return converted { (value: Int64) in Number(value) }
    case .uint8: return converted { (value: UInt8) in Number(value) }
    case .uint16: return converted { (value: UInt16) in Number(value) }
    case .uint32: return converted { (value: UInt32) in Number(value) }
    case .uint64: return converted { (value: UInt64) in Number(value) }
    case .float16: return converted { (value: Float16) in Number(value) }
    case .float32: return converted { (value: Float) in Number(value) }
    case .float64: return converted { (value: Double) in Number(value) }
    }
  }

  /// The elements as whole numbers; nil if they are stored as floats or one is too large.
  func wholeNumbers() -> [Int]? {
    switch element {
    case .bool: return converted { (value: UInt8) in value == 0 ? 0 : 1 }
    case .int8: return converted { (value: Int8) in Int(value) }
    case .int16: return converted { (value: Int16) in Int(value) }
    case .int32: return converted { (value: Int32) in Int(value) }
    case .int64: return converted { (value: Int64) in Int(value) }
    case .uint8: return converted { (value: UInt8) in Int(value) }
    case .uint16: return converted { (value: UInt16) in Int(value) }
    case .uint32: return converted { (value: UInt32) in Int(value) }
    case .uint64:
      let values = converted { (value: UInt64) in value }
      return values.allSatisfy { $0 <= Int.max } ? values.map(Int.init) : nil
    case .float16, .float32, .float64: return nil
    }
  }

  private func converted<Stored, Value>(_ convert: (Stored) -> Value) -> [Value] {
    let (count, size) = (count, MemoryLayout<Stored>.size)
    let (rows, columns) = isColumnMajor ? (shape[0], shape[1]) : (1, count)
    return payload.withUnsafeBytes { bytes in
      [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
        for row in 0..<rows {
          for column in 0..<columns {
            let place = (isColumnMajor ? column * rows + row : column) * size
            let stored = bytes.loadUnaligned(fromByteOffset: place, as: Stored.self)
            buffer.initializeElement(at: row * columns + column, to: convert(stored))
          }
        }
        initialized = count
      }
    }
  }
}
