import CCairo

/// The end of a stream of cairo: it keeps the bytes in memory.
final class ByteSink {
  /// The bytes received so far.
  private(set) var bytes: [UInt8] = []

  /// The function that cairo calls, with the sink as its closure.
  static let write: cairo_write_func_t = { closure, data, length in
    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
    let sink = Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
    return CAIRO_STATUS_SUCCESS
  }
}
