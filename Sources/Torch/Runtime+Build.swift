import CTorch

extension Runtime {
  /// How the loaded libtorch was built: compiler, libraries, instruction set in use; one fact a line.
  public static var buildText: String { text(ct_build_text()) }

  /// With what the loaded libtorch computes in parallel, and with how many threads; one fact a line.
  public static var parallelText: String { text(ct_parallel_text()) }

  private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
    guard let pointer else { return "" }
    defer { ct_message_free(pointer) }
    return String(cString: pointer)
  }
}
