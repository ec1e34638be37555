import Testing
import Torch

/// Expects as many tensors to be alive after a body as before it.
///
/// The count is of the process, so tests that make tensors must not run beside it.
func expectNoTensorLeak(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) rethrows {
  let before = Runtime.liveTensorCount
  try body()
  let after = Runtime.liveTensorCount
  #expect(
    after == before, "\(after - before) tensors were left alive", sourceLocation: sourceLocation)
}
