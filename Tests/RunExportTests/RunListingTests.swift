import Foundation
import RunStore
import Testing

@testable import RunExport

@Suite struct RunListingTests {
  private let temporary = TemporaryStore()

  @Test func everyRunIsListedAsItIs() throws {
    let done = try temporary.finish(Sample.specification())
    let failed = try temporary.finish(
      Sample.specification(seed: 4), epochs: [], outcome: .failed(Sample.failure))
    let started = try temporary.interrupt(Sample.specification(seed: 5))
    let damaged = try temporary.finish(Sample.specification(seed: 6))
    try temporary.damage(damaged)
    try temporary.write("runs/ab/stranger/notes.txt", count: 7)
    try AtomicFile.createFolder(
      temporary.root.appendingPathComponent("runs/aa/\(String(repeating: "a", count: 64))"))
    let entries = try RunListing(of: temporary.store).entries
    #expect(entries.count == 6)
    #expect(entries.map(\.id) == entries.map(\.id).sorted())
    func entry(_ id: String) throws -> RunListing.Entry {
      try #require(entries.first { $0.id == id })
    }

    let one = try entry(done.text)
    #expect(one.state == .done && one.epochs == 2 && one.lastTestAccuracy == 2.0 / 3)
    #expect(one.date == "2026-01-01T00:01:00Z" && one.problem == nil)
    #expect(one.facts.method == "co-teaching" && one.facts.noise == "symmetric-50")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: temporary.store.folder(of: done).path)
    let sizes = try files.map {
      try Data(contentsOf: temporary.store.folder(of: done).appendingPathComponent($0)).count
    }
    #expect(one.bytes == sizes.reduce(0, +))

    let two = try entry(failed.text)
    #expect(two.state == .failed && two.epochs == 0 && two.lastTestAccuracy == nil)
    #expect(two.problem == "non-finite: the loss became nan")

    let three = try entry(started.text)
    #expect(three.state == .started && three.epochs == 1 && three.lastTestAccuracy == 1.0 / 3)
    #expect(three.bytes > 1000 && three.facts.seeds["noise"] == 5)
    #expect(three.date.hasPrefix("20") && three.date.hasSuffix("Z"))

    let four = try entry(damaged.text)
    #expect(four.state == .damaged && four.problem?.contains("is damaged") == true)
    #expect(four.facts.method == "co-teaching", "its specification can still be read")
    let stranger = try entry("stranger")
    #expect(stranger.state == .damaged && stranger.problem == "no run has this name")
    #expect(stranger.bytes == 7)
    #expect(try entry(String(repeating: "a", count: 64)).state == .damaged)
  }

  @Test func damagedMetricsAreDamage() throws {
    let key = try temporary.interrupt(Sample.specification())
    try Data("{}\n".utf8).write(to: temporary.store.metricsFile(of: key))
    let entry = try #require(RunListing(of: temporary.store).entries.first)
    #expect(entry.state == .damaged && entry.problem?.contains("metrics.jsonl") == true)
  }

  @Test func filtersNameWhatStays() throws {
    try temporary.finish(Sample.specification())
    try temporary.finish(Sample.specification(method: #"{"apl":{}}"#, seed: 4))
    try temporary.interrupt(
      Sample.specification(noise: #"{"kind":"pairflip","rate":0.45}"#, seed: 5))
    try temporary.write("runs/ab/stranger/notes.txt")
    func states(_ filter: RunFilter) throws -> [ListedState] {
      try RunListing(of: temporary.store, filter: filter).entries.map(\.state)
        .sorted { $0.rawValue < $1.rawValue }
    }
    #expect(try states(.init()) == [.damaged, .done, .done, .started])
    #expect(try states(.init(methods: ["apl"])) == [.damaged, .done])
    #expect(try states(.init(noises: ["pairflip-45"])) == [.damaged, .started])
    #expect(try states(.init(states: [.done])) == [.done, .done])
    #expect(try states(.init(methods: ["apl"], states: [.started])) == [])
  }

  @Test func absentStoreIsEmpty() throws {
    #expect(try RunListing(of: temporary.store).entries == [])
    #expect(!FileManager.default.fileExists(atPath: temporary.root.path), "listing wrote something")
  }

  @Test func jsonComesBack() throws {
    try temporary.finish(Sample.specification(), epochs: [Sample.epoch(1)])
    try temporary.interrupt(Sample.specification(seed: 5))
    let listing = try RunListing(of: temporary.store)
    #expect(try CanonicalJSON.decode(RunListing.self, from: listing.json()) == listing)
    #expect(listing.bytes == listing.entries.map(\.bytes).reduce(0, +) && listing.bytes > 1000)
  }

  @Test func linesAreColumns() throws {
    let key = try temporary.finish(Sample.specification())
    try temporary.finish(
      Sample.specification(seed: 4), epochs: [], outcome: .failed(Sample.failure))
    let lines = try RunListing(of: temporary.store).lines
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("id          state   method       dataset"))
    let line = try #require(lines.first { $0.hasPrefix(key.short) })
    #expect(line.contains("  done    co-teaching  fashion-mnist  symmetric-50  "))
    #expect(line.contains("augmentation=3") && line.contains("split=1"))
    #expect(line.contains("66.67 %") && line.hasSuffix("2026-01-01T00:01:00Z"))
    #expect(
      lines.contains { $0.hasSuffix("2026-01-01T00:01:00Z  non-finite: the loss became nan") })
    let sizes = [0, 999, 1000, 1_234_567, 999_950, 5_000_000_000].map(RunListing.Entry.size)
    #expect(sizes == ["0 B", "999 B", "1.0 kB", "1.2 MB", "1.0 MB", "5.0 GB"])
  }
}
