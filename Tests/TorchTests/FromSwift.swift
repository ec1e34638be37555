import Foundation
import TestSupport
import Testing

/// What Python found in the files that these tests wrote, by Tests/Fixtures/scripts/torch_reference.py.
struct FromSwift: Decodable {
  struct Entry: Decodable {
    let type: String
    let shape: [Int]
    let values: [Double]
  }
  let tensors: [String: Entry]
  let metadata: [String: String]
  let array: Entry

  static func read() throws -> FromSwift { try Fixture.json("torch/from_swift.json") }
}

/// Expects bytes to equal a fixture; a missing one is written and the test fails.
func expectGoldenBytes(
  _ actual: Data, _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = Fixture.url(path)
  guard FileManager.default.fileExists(atPath: url.path) else {
    try actual.write(to: url)
    Issue.record(
      "\(url.path) was missing and has been written; read it back with Python, then run again",
      sourceLocation: sourceLocation)
    return
  }
  let expected = try Fixture.data(path)
  let place = zip(actual, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
  #expect(
    actual == expected,
    "\(actual.count) bytes, expected \(expected.count), first difference at \(place ?? -1)",
    sourceLocation: sourceLocation)
}
