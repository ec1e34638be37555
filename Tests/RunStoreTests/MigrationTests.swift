import Foundation
import RunStore
import TestSupport
import Testing

/// Records of an earlier layout, as a program of that time wrote them.
@Suite struct MigrationTests {
  private let fixture = RunStore(root: Fixture.url("run-store/schema-1"))

  private func text(of key: RunKey) throws -> String {
    try String(
      contentsOf: fixture.folder(of: key).appendingPathComponent("record.json"), encoding: .utf8)
  }

  /// The members of a part of JSON text that are numbers, by their names, read without the store's reader.
  private func numbers(in text: some StringProtocol) -> [String: Double] {
    var numbers: [String: Double] = [:]
    for match in String(text).matches(of: /"([A-Za-z]+)":(-?[0-9][0-9.eE+-]*)/) {
      numbers[String(match.output.1)] = Double(match.output.2)
    }
    return numbers
  }

  @Test func everyValueIsRead() throws {
    let keys = try fixture.keys()
    #expect(keys.count == 2)
    for key in keys {
      let record = try #require(try fixture.record(of: key))
      let text = try text(of: key)
      #expect(text.contains(#""schema":1,"#) && text.contains(#""outcome":{"done":{}}"#))
      #expect(record.key == key.text && record.outcome == .done && record.scalars.isEmpty)
      #expect(text.contains("\"key\":\"\(record.key)\"") && text.contains(#""scalars":{},"#))
      // An entry ends with its validation loss; the last one is followed by the key.
      let start = try #require(text.range(of: #""epochs":["#)?.upperBound)
      let end = try #require(text.range(of: #"],"key":"#)?.lowerBound)
      let entries = text[start..<end].components(separatedBy: "},{")
      #expect(record.epochs.count == 24 && entries.count == 24)
      for (epoch, entry) in zip(record.epochs, entries) {
        compare(epoch, entry)
      }
      try compare(record.provenance, text)
      for (tree, name) in [(record.specification, "specification"), (record.noise, "noise")] {
        let written = String(decoding: try CanonicalJSON.encode(tree), as: UTF8.self)
        #expect(text.contains("\"\(name)\":\(written)"), "\(name)")
      }
      #expect(try fixture.specification(of: key) == CanonicalJSON.encode(record.specification))
      #expect(try fixture.state(of: key) == .done)
    }
  }

  private func compare(_ epoch: EpochRecord, _ entry: String) {
    var read = [
      "epoch": Double(epoch.epoch), "learningRate": epoch.learningRate,
      "trainLoss": epoch.trainLoss, "trainAccuracy": epoch.trainAccuracy,
      "validationLoss": epoch.validationLoss, "validationAccuracy": epoch.validationAccuracy,
      "testLoss": epoch.testLoss, "testAccuracy": epoch.testAccuracy,
    ]
    read["memorisedShare"] = epoch.memorisedShare
    read.merge(epoch.scalars) { $1 }
    let written = numbers(in: entry)
    #expect(read == written)
    #expect(written.count == 9 + epoch.scalars.count)
    #expect(entry.contains("\"stage\":\"\(epoch.stage)\"") && epoch.isPreparation == nil)
  }

  private func compare(_ provenance: Provenance, _ text: String) throws {
    let start = try #require(text.range(of: #""provenance":{"#)?.upperBound)
    let end = try #require(text.range(of: #"},"scalars""#)?.lowerBound)
    let part = text[start..<end]
    let texts = [
      "commit": provenance.commit, "device": provenance.device, "hardware": provenance.hardware,
      "platform": provenance.platform, "started": provenance.started,
      "finished": provenance.finished,
    ].merging(provenance.versions) { $1 }.merging(provenance.digests) { $1 }
    for (name, value) in texts { #expect(part.contains("\"\(name)\":\"\(value)\""), "\(name)") }
    #expect(part.matches(of: /":"/).count == texts.count)
    #expect(
      numbers(in: part) == [
        "threads": Double(provenance.threads), "resumed": Double(provenance.resumed),
        "seconds": provenance.seconds,
      ])
    #expect(part.contains("\"dirty\":\(provenance.dirty)"))
  }

  @Test func aLaterLayoutIsRefusedAndSaysSo() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.url)
    let key = try #require(try fixture.keys().first)
    let source = fixture.folder(of: key).appendingPathComponent("record.json")
    let text = try String(contentsOf: source, encoding: .utf8)
    let start = try #require(text.range(of: #"{"content":"#)?.upperBound)
    let end = try #require(text.range(of: #","sha256":""#, options: .backwards)?.lowerBound)
    let content = text[start..<end].replacing(#""schema":1"#, with: #""schema":3"#)
    let digest = Digest.sha256(of: Data(content.utf8))
    let file = store.folder(of: key).appendingPathComponent("record.json")
    try AtomicFile.write(
      Data("{\"content\":\(content),\"sha256\":\"\(digest)\"}\n".utf8), to: file)
    let error = #expect(throws: StoreError.self) { try store.record(of: key) }
    #expect(error?.exitStatus == .badData)
    #expect(error?.message.contains("layout version 3") == true)
    #expect(throws: StoreError.self) { try store.records() }
  }
}
