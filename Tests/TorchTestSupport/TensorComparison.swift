import TestSupport
import Testing
import Torch

/// Expects a tensor to have a shape and values, and prints both sides if it has not.
@discardableResult
public func expectTensor(
  _ actual: Tensor, _ expected: [Double], shape: [Int], relative: Double = 1e-5,
  absolute: Double = 1e-6, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
  guard actual.isDefined, actual.shape == shape else {
    Issue.record(
      "\(comment()) actual is \(actual.summary), expected shape \(shape)",
      sourceLocation: sourceLocation)
    return false
  }
  return expectClose(
    actual.detached().to(.float64, on: .cpu).array(of: Double.self), expected, relative: relative,
    absolute: absolute, "\(comment()) \(actual.summary):", sourceLocation: sourceLocation)
}

/// Expects two tensors to have the same shape and nearly the same values.
@discardableResult
public func expectTensor(
  _ actual: Tensor, _ expected: Tensor, relative: Double = 1e-5, absolute: Double = 1e-6,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
  expectTensor(
    actual, expected.detached().to(.float64, on: .cpu).array(), shape: expected.shape,
    relative: relative, absolute: absolute, comment(), sourceLocation: sourceLocation)
}

/// Expects two tensors to have the same type, shape and bytes.
@discardableResult
public func expectIdentical(
  _ actual: Tensor, _ expected: Tensor, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
  if actual.summary == expected.summary, actual.bytes() == expected.bytes() { return true }
  guard actual.summary == expected.summary, actual.isDefined else {
    Issue.record(
      "\(comment()) actual is \(actual.summary), expected \(expected.summary)",
      sourceLocation: sourceLocation)
    return false
  }
  let pair = [actual, expected].map { $0.detached().to(.float64, on: .cpu).array(of: Double.self) }
  let places = pair[0].indices.filter { pair[0][$0].bitPattern != pair[1][$0].bitPattern }
  Issue.record(
    """
    \(comment()) \(actual.summary) differs in \(places.count) elements, first at \
    \(places.first ?? -1): actual \(places.first.map { pair[0][$0] } ?? .nan), \
    expected \(places.first.map { pair[1][$0] } ?? .nan)
    """,
    sourceLocation: sourceLocation)
  return false
}
