import CTorch

/// An n-dimensional array on a device: one owned reference to a libtorch tensor.
///
/// The reference is given back when the last Swift reference goes, so memory is freed deterministically. Operations
/// return new tensors and trap on a misuse, unless a ``withTorchErrors(_:)`` scope is open. Images are laid out
/// n x channels x height x width.
public final class Tensor {
  let handle: OpaquePointer

  /// Takes over one reference.
  init(owning handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    ct_free(handle)
  }

  /// Calls one operation of the C interface: `body` gets the place for the result.
  ///
  /// After a failure the result is an undefined tensor and the failure is reported.
  static func make(
    _ operation: StaticString, _ operands: @autoclosure () -> [Tensor],
    _ body: (UnsafeMutablePointer<OpaquePointer?>) -> UnsafeMutablePointer<CChar>?
  ) -> Tensor {
    var result: OpaquePointer?
    if let message = body(&result) {
      Runtime.report(operation, message, operands: operands())
    }
    return Tensor(owning: result ?? ct_undefined())
  }

  /// Creates a tensor from values in row-major order.
  ///
  /// - Precondition: `values.count` is the product of `shape`.
  public static func from<Element: TensorElement>(
    _ values: [Element], shape: [Int], on device: Device = .cpu
  ) -> Tensor {
    values.withUnsafeBytes { from(bytes: $0, shape: shape, type: Element.elementType, on: device) }
  }

  /// Creates a tensor from raw bytes in row-major order.
  public static func from(
    bytes: UnsafeRawBufferPointer, shape: [Int], type: ElementType, on device: Device = .cpu
  ) -> Tensor {
    withUnsafeBytes(of: UInt8(0)) { placeholder in
      make("from", []) { out in
        guard let start = bytes.baseAddress ?? placeholder.baseAddress else { return nil }
        return ct_from_bytes(
          out, start, bytes.count, shape.map(Int64.init), Int32(shape.count), type.rawValue,
          device.number)
      }
    }
  }

  /// Creates a tensor filled with one value.
  public static func full(
    _ value: Double, shape: [Int], type: ElementType = .float32, on device: Device = .cpu
  ) -> Tensor {
    make("full", []) {
      ct_full(
        $0, shape.map(Int64.init), Int32(shape.count), value, type.rawValue, device.number)
    }
  }

  /// Creates a tensor of zeros.
  public static func zeros(
    _ shape: [Int], type: ElementType = .float32, on device: Device = .cpu
  ) -> Tensor {
    full(0, shape: shape, type: type, on: device)
  }

  /// Creates the integers of a range as a vector.
  public static func range(_ range: Range<Int>, on device: Device = .cpu) -> Tensor {
    make("range", []) {
      ct_arange($0, Int64(range.lowerBound), Int64(range.upperBound), device.number)
    }
  }

  /// Whether there is a tensor at all; false after a failed operation and for a missing gradient.
  public var isDefined: Bool { ct_defined(handle) }

  /// The number of dimensions.
  public var rank: Int { Int(ct_rank(handle)) }

  /// The sizes of the dimensions, outermost first.
  public var shape: [Int] { (0..<ct_rank(handle)).map { Int(ct_size(handle, $0)) } }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The type of the elements; nil for an undefined tensor.
  public var type: ElementType? { ElementType(rawValue: ct_type(handle)) }

  /// The device that holds the elements.
  public var device: Device { Device(number: ct_device(handle)) }

  /// Whether the elements of this n x c x h x w tensor are stored with the channel varying fastest.
  public var isChannelsLast: Bool { ct_is_channels_last(handle) }

  /// Type and shape in a form for messages, for example `float32[128, 10]`.
  public var summary: String {
    guard isDefined else { return "undefined" }
    return (type.map { "\($0)" } ?? "other") + "\(shape)"
  }

  /// Copies the elements to the host, in row-major order.
  ///
  /// - Precondition: `Element` matches the tensor's type; convert with ``to(_:on:nonBlocking:)`` first.
  public func array<Element: TensorElement>(of elementType: Element.Type = Element.self)
    -> [Element]
  {
    guard isDefined else { return [] }
    precondition(
      type == Element.elementType, "expected elements of \(Element.elementType), found \(summary)")
    let count = count
    return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = count
      guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
      if let message = ct_to_bytes(handle, start, count * MemoryLayout<Element>.stride) {
        Runtime.report("array", message, operands: [self])
        initialized = 0
      }
    }
  }

  /// The elements' bytes in row-major order, whatever their type.
  public func bytes() -> [UInt8] {
    guard isDefined, let type else { return [] }
    let length = count * type.byteCount
    return [UInt8](unsafeUninitializedCapacity: length) { buffer, initialized in
      initialized = length
      guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
      if let message = ct_to_bytes(handle, start, length) {
        Runtime.report("bytes", message, operands: [self])
        initialized = 0
      }
    }
  }

  /// The single element as a number; waits for the device.
  public func item() -> Double {
    var value = Double.nan
    if let message = ct_item(handle, &value) {
      Runtime.report("item", message, operands: [self])
    }
    return value
  }
}

/// Passes the handles of tensors to a call of the C interface.
func withHandles<Result>(
  _ tensors: [Tensor], _ body: (UnsafePointer<OpaquePointer>, Int32) -> Result
) -> Result {
  let handles = tensors.map(\.handle)
  return withExtendedLifetime(tensors) {
    handles.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else {
        preconditionFailure("expected at least one tensor in the list, found none")
      }
      return body(start, Int32(buffer.count))
    }
  }
}
