import CTorch

extension Tensor {
  /// Creates a tensor on the processor over bytes of an owner, in row-major order and without a copy.
  ///
  /// The owner is kept until the last tensor that shares the bytes has gone. The bytes must stay where and as they are for
  /// as long; no operation that writes in place (``copy(from:)``, ``fill(_:)``, ``replace(at:with:along:)``) may be called
  /// on the tensor or a view of it.
  ///
  /// - Precondition: There are as many bytes as shape and type need.
  public static func wrapping(
    bytes: UnsafeRawBufferPointer, owner: some AnyObject & Sendable, shape: [Int],
    type: ElementType
  ) -> Tensor {
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      return from(bytes: bytes, shape: shape, type: type)
    }
    let kept = Unmanaged<AnyObject>.passRetained(owner)
    return make("wrapping", []) { out in
      ct_wrap_bytes(
        out, start, bytes.count, shape.map(Int64.init), Int32(shape.count), type.rawValue,
        kept.toOpaque()
      ) { Unmanaged<AnyObject>.fromOpaque($0).release() }
    }
  }
}
