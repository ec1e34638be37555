import Testing
import Torch

/// Runs a body and expects it to free every tensor that it makes, also when it throws.
///
/// Only tensors of the calling thread are counted, so that tests running beside it do not matter.
/// Tensors that outlive the body on purpose count as leaked.
public func expectNoTensorLeak(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) rethrows {
  let before = Runtime.threadTensorBalance
  defer {
    let left = Runtime.threadTensorBalance - before
    #expect(left == 0, "\(left) tensors are left", sourceLocation: sourceLocation)
  }
  try body()
}
