import CTorch

/// The type of a tensor's elements.
public enum ElementType: Int32, Sendable, Hashable, CaseIterable {
  case uint8 = 0
  case int64 = 1
  case float32 = 2
  case float64 = 3
  case bfloat16 = 4
  case bool = 5

  /// The size of one element in bytes.
  public var byteCount: Int {
    switch self {
    case .uint8, .bool: return 1
    case .bfloat16: return 2
    case .float32: return 4
    case .int64, .float64: return 8
    }
  }

  /// The bytes of a tensor of this type and shape; nil when a size is negative, or when size or strides overflow.
  ///
  /// An extent of zero counts as one for the check, since the strides of an empty tensor must fit too.
  func byteCount(of shape: [Int]) -> Int? {
    var total = byteCount
    for size in shape {
      let (product, overflow) = total.multipliedReportingOverflow(by: Swift.max(size, 1))
      guard size >= 0, !overflow else { return nil }
      total = product
    }
    return shape.contains(0) ? 0 : total
  }
}

/// A Swift type whose values are laid out in memory as one tensor element type.
public protocol TensorElement: BitwiseCopyable {
  /// The tensor element type with the same layout.
  static var elementType: ElementType { get }
}

extension UInt8: TensorElement {
  /// Unsigned bytes.
  public static var elementType: ElementType { .uint8 }
}

extension Int64: TensorElement {
  /// 64-bit integers, also the type of indices and class labels.
  public static var elementType: ElementType { .int64 }
}

extension Int: TensorElement {
  /// 64-bit integers, also the type of indices and class labels.
  public static var elementType: ElementType { .int64 }
}

extension Float: TensorElement {
  /// Single precision.
  public static var elementType: ElementType { .float32 }
}

extension Double: TensorElement {
  /// Double precision.
  public static var elementType: ElementType { .float64 }
}
