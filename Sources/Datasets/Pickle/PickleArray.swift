/// A pickled NumPy array of numbers.
struct PickleArray: Hashable, Sendable {
  /// The types of elements that are read: kind and size as NumPy writes them.
  enum Element: String, CaseIterable, Sendable {
    case bool = "b1"
    case int8 = "i1"
    case int16 = "i2"
    case int32 = "i4"
    case int64 = "i8"
    case uint8 = "u1"
    case uint16 = "u2"
    case uint32 = "u4"
    case float32 = "f4"
    case float64 = "f8"

    /// The bytes of one element.
    var byteCount: Int {
      switch self {
      case .bool, .int8, .uint8: return 1
      case .int16, .uint16: return 2
      case .int32, .uint32, .float32: return 4
      case .int64, .float64: return 8
      }
    }

    fileprivate var isSigned: Bool { rawValue.hasPrefix("i") }
    fileprivate var isReal: Bool { rawValue.hasPrefix("f") }
  }

  /// The type of the elements.
  var element: Element
  /// Whether an element's first byte is its highest.
  var isBigEndian: Bool
  /// The sizes of the dimensions.
  var shape: [Int]
  /// Whether the first dimension runs fastest.
  var isColumnMajor: Bool
  /// The elements' bytes: exactly as many as type and shape need.
  var bytes: [UInt8]

  /// The number of elements of a shape; nil when it is impossible.
  static func count(of shape: [Int]) -> Int? {
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow else { return nil }
      count = product
    }
    return count
  }

  /// The elements in memory order; nil when they are no integers.
  var integers: [Int]? {
    guard !element.isReal else { return nil }
    let size = element.byteCount
    let unused = 64 - 8 * size
    return stride(from: 0, to: bytes.count, by: size).map { start in
      var bits: UInt64 = 0
      for offset in 0..<size {
        bits = bits << 8 | UInt64(bytes[isBigEndian ? start + offset : start + size - 1 - offset])
      }
      let shifted = Int(truncatingIfNeeded: bits << unused)
      return element.isSigned
        ? shifted >> unused : Int(truncatingIfNeeded: UInt64(bitPattern: Int64(shifted)) >> unused)
    }
  }

  /// The bytes of a matrix of unsigned bytes, row by row; nil for any other array.
  var rows: [UInt8]? {
    guard element == .uint8, shape.count == 2 else { return nil }
    guard isColumnMajor else { return bytes }
    let (height, width) = (shape[0], shape[1])
    var rows = [UInt8](repeating: 0, count: bytes.count)
    for row in 0..<height {
      for column in 0..<width { rows[row * width + column] = bytes[column * height + row] }
    }
    return rows
  }
}
