import Testing

/// Expects two numbers to be equal within a tolerance, and prints both and their difference if they
/// are not.
///
/// Passes when |actual - expected| ≤ absolute + relative · |expected|, or when both are NaN or the
/// same infinity.
@discardableResult
public func expectClose(
  _ actual: Double, _ expected: Double, relative: Double = 1e-10, absolute: Double = 0,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
  if actual == expected || (actual.isNaN && expected.isNaN) { return true }
  let difference = (actual - expected).magnitude
  let allowed = absolute + relative * expected.magnitude
  if expected.isFinite && difference <= allowed { return true }
  Issue.record(
    """
    \(comment()) actual \(actual), expected \(expected), difference \(difference), \
    allowed \(allowed)
    """,
    sourceLocation: sourceLocation)
  return false
}

/// Expects two lists of numbers to be equal element by element within a tolerance.
///
/// The first element that differs is printed with its index; so are the counts, if they differ.
@discardableResult
public func expectClose(
  _ actual: [Double], _ expected: [Double], relative: Double = 1e-10, absolute: Double = 0,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
  guard actual.count == expected.count else {
    Issue.record(
      "\(comment()) actual has \(actual.count) elements, expected \(expected.count)",
      sourceLocation: sourceLocation)
    return false
  }
  for index in actual.indices {
    let agrees = expectClose(
      actual[index], expected[index], relative: relative, absolute: absolute,
      "\(comment()) element \(index):", sourceLocation: sourceLocation)
    if !agrees { return false }
  }
  return true
}

/// Expects two lists of single-precision numbers to be equal element by element within a tolerance.
@discardableResult
public func expectClose(
  _ actual: [Float], _ expected: [Float], relative: Double = 1e-5, absolute: Double = 0,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) -> Bool {
  expectClose(
    actual.map(Double.init), expected.map(Double.init), relative: relative, absolute: absolute,
    comment(), sourceLocation: sourceLocation)
}
