import CTorch

/// A tensor operation that failed inside ``withTorchErrors(_:)``.
public struct TorchError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The operation, the shapes of its operands and libtorch's reason.
  public let description: String

  /// Whether libtorch reported that memory ran out.
  public var isOutOfMemory: Bool {
    description.contains("out of memory") || description.contains("can't allocate memory")
  }
}

/// Runs a body in which a failing tensor operation is an error instead of a trap.
///
/// Outside every such scope a failing operation stops the program with its message. Inside, the first failure is kept
/// and thrown when the body ends; operations after it see undefined tensors and fail too, without replacing the first.
/// Scopes nest, and belong to the thread that opened them.
///
/// - Throws: What the body throws when no operation failed, else ``TorchError``.
public func withTorchErrors<Result>(_ body: () throws -> Result) throws -> Result {
  ct_scope_enter()
  let outcome: Swift.Result<Result, any Error>
  do {
    outcome = .success(try body())
  } catch {
    outcome = .failure(error)
  }
  if let message = ct_scope_exit() {
    defer { ct_message_free(message) }
    throw TorchError(description: String(cString: message))
  }
  return try outcome.get()
}
