import Foundation
import Testing

/// Expects a text to equal a golden file under `Tests/Fixtures`, byte for byte.
///
/// A missing golden file is written and the test fails, so that nothing is accepted unseen: look at
/// the file, then run again. If the texts differ, the first differing line is printed and the
/// actual text is left in a temporary file.
public func expectGolden(
  _ actual: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = Fixture.url(path)
  guard FileManager.default.fileExists(atPath: url.path) else {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(actual.utf8).write(to: url)
    Issue.record(
      "golden file \(url.path) was missing and has been written; look at it, then run again",
      sourceLocation: sourceLocation)
    return
  }
  let expected = try Fixture.text(path)
  if actual == expected { return }
  let kept = FileManager.default.temporaryDirectory
    .appendingPathComponent("actual-" + path.replacing("/", with: "-"))
  try Data(actual.utf8).write(to: kept)
  Issue.record(
    "\(firstDifference(actual, expected))\ngolden \(url.path)\nactual \(kept.path)",
    sourceLocation: sourceLocation)
}

/// Names the first line in which two texts differ.
private func firstDifference(_ actual: String, _ expected: String) -> String {
  let actualLines = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
  for (index, (left, right)) in zip(actualLines, expectedLines).enumerated() where left != right {
    return "line \(index + 1): actual \"\(left)\", expected \"\(right)\""
  }
  return "actual has \(actualLines.count) lines, expected \(expectedLines.count)"
}
