import Foundation
import RunStore
import TestSupport
import Testing

@testable import RunExport

@Suite struct CSVExportTests {
  private let temporary = TemporaryStore()
  private var file: URL { temporary.root.appendingPathComponent("export/results.csv") }

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"a\"", "\"say \"\"a\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("a\r", "\"a\r\""), (" é ", " é "),
  ])
  func fieldsAreQuotedByRFC4180(_ field: String, _ expected: String) {
    #expect(CSVWriter.quoted(field) == expected)
  }

  @Test func numbersReadBackAsTheyWere() {
    for value in [0.1, 1.0 / 3, 1e-300, -0.0, .leastNonzeroMagnitude, 1e22, 123456789.125] {
      #expect(Double(CSVWriter.text(value)) == value)
    }
    #expect([.nan, .infinity, -.infinity].map(CSVWriter.text) == ["NaN", "Infinity", "-Infinity"])
  }

  @Test func wholeTextIsGolden() throws {
    try temporary.finish(Sample.specification())
    try temporary.finish(
      Sample.specification(noise: #"{"kind":"clean"}"#, seed: 4),
      epochs: [Sample.epoch(1, loss: .nan)], outcome: .failed(Sample.failure))
    try temporary.interrupt(Sample.specification(seed: 5))
    let summary = try RunExporter(temporary.store).writeCSV(to: file)
    // Epochs 7 + 9 and 7; 8 and 1 for each run.
    #expect(summary == RunExporter.Summary(runs: 2, measurements: 7 + 9 + 9 + 7 + 9))
    try expectGolden(String(decoding: Data(contentsOf: file), as: UTF8.self), "export/results.csv")
  }

  @Test(.enabled(if: Python.isPresent, "python3 is not installed"))
  func pythonReadsEveryNumber() throws {
    try temporary.finish(Sample.specification())
    try RunExporter(temporary.store).writeCSV(to: file)
    let printed = try Python.run(
      """
      import csv, json, sys
      rows = list(csv.DictReader(open(sys.argv[1], newline='')))
      assert all(None not in row and None not in row.values() for row in rows)
      print(json.dumps([[r['epoch'], r['split'], r['metric'], float(r['value']).hex(),
        json.loads(r['method_settings'])['coTeaching']['_0']['rate']] for r in rows]))
      """, [file.path])
    let rows = try CanonicalJSON.decode(JSONValue.self, from: Data(printed.utf8))
    guard case .array(let found) = rows else { throw Python.Failure(status: 0, text: printed) }
    let expected = RunMeasurement.all(of: try Sample.record(Sample.specification()))
    #expect(found.count == expected.count)
    for (row, measurement) in zip(found, expected) {
      guard case .array(let cells) = row else { throw Python.Failure(status: 0, text: printed) }
      #expect(cells[0].stringValue == measurement.epoch.map { String($0) } ?? "")
      #expect(cells[1].stringValue == measurement.split)
      #expect(cells[2].stringValue == measurement.metric)
      #expect(cells[3].stringValue.flatMap { Double(hex: $0) } == measurement.value)
      #expect(cells[4].doubleValue == 0.001)
    }
  }

  @Test func filterKeepsOtherRunsOut() throws {
    try temporary.finish(Sample.specification())
    try temporary.finish(Sample.specification(method: #"{"apl":{}}"#))
    let filter = RunFilter(methods: ["apl"])
    #expect(try RunExporter(temporary.store, filter: filter).writeCSV(to: file).runs == 1)
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text.contains(",apl,") && !text.contains("co-teaching"))
  }

  @Test func damagedRecordLeavesTheOldFileAndNothingElse() throws {
    let key = try temporary.finish(Sample.specification())
    try RunExporter(temporary.store).writeCSV(to: file)
    let before = try Data(contentsOf: file)
    try temporary.finish(Sample.specification(seed: 8))
    try temporary.damage(key)
    #expect(throws: StoreError.self) { try RunExporter(temporary.store).writeCSV(to: file) }
    #expect(try Data(contentsOf: file) == before)
    let folder = file.deletingLastPathComponent().path
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["results.csv"])
  }

  @Test func linesLongerThanTheBufferAreWhole() throws {
    try temporary.finish(
      Sample.specification(), epochs: (1...3_000).map { Sample.epoch($0) })
    let summary = try RunExporter(temporary.store).writeCSV(to: file)
    let data = try Data(contentsOf: file)
    #expect(data.count > 2 << 20)
    #expect(data.count { $0 == UInt8(ascii: "\n") } == summary.measurements + 1)
  }
}

extension Double {
  /// A number as Python's `float.hex` writes it.
  fileprivate init?(hex text: String) { self.init(text) }
}
