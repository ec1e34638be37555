import Foundation
import RunStore
import Testing

@testable import RunExport

@Suite struct RunPruningTests {
  private let temporary = TemporaryStore()
  private var store: RunStore { temporary.store }
  /// A month from now, so that what a test just wrote is old.
  private let later = Date(timeIntervalSinceNow: 30 * 86_400)

  private func path(_ key: RunKey, _ name: String = "") -> String {
    "runs/\(key.text.prefix(2))/\(key.text)" + (name.isEmpty ? "" : "/\(name)")
  }

  private func reasons(
    _ options: RunPruning.Options = .init(), now: Date? = nil
  ) throws -> [String: RunPruning.Reason] {
    let plan = try RunPruning(of: store, options: options, now: now ?? later)
    return Dictionary(uniqueKeysWithValues: plan.items.map { ($0.path, $0.reason) })
  }

  // MARK: - What is found

  @Test func onlyWhatCanBeMadeAgainIsFound() throws {
    let done = try temporary.finish(Sample.specification(more: Sample.outside()))
    let failed = try temporary.finish(
      Sample.specification(seed: 4), outcome: .failed(Sample.failure))
    let started = try temporary.interrupt(Sample.specification(seed: 5))
    let used = try Sample.generatorKey()
    let unused = RunKey(canonical: Data("other".utf8))
    let asset = RunKey(canonical: Data("asset".utf8))
    try temporary.write("echo/\(used.text)/label-0.bin")
    try temporary.write("echo/\(unused.text)/label-0.bin", count: 40)
    try temporary.write("assets/generator/.\(asset.text).unfinished/progress.safetensors")
    try temporary.write("assets/generator/\(asset.text)/weights.safetensors")
    try temporary.write("noise/labels.csv")
    try temporary.write("slurm/table1-20240102/jobs.jsonl")
    try temporary.write("damaged/x/.y.tmp")
    try temporary.write("runs/.a.tmp")
    try temporary.write(path(done, ".record.json.12-1.tmp"))
    #expect(
      try reasons() == [
        path(failed): .failedRun, path(started, "checkpoint.bin"): .oldCheckpoint,
        "echo/\(unused.text)": .unusedImages,
        "assets/generator/.\(asset.text).unfinished": .unfinishedAsset,
        "slurm/table1-20240102": .oldSubmission,
        "runs/.a.tmp": .temporaryFile, path(done, ".record.json.12-1.tmp"): .temporaryFile,
      ])
    // Nothing of it is old today.
    #expect(try reasons(now: Date()) == [path(failed): .failedRun])
    #expect(try reasons(.init(includesFailed: false), now: Date()) == [:])
    #expect(
      try reasons(.init(unfinishedAge: 0, temporaryAge: 1e9, includesFailed: false)).count == 4)
    #expect(try reasons(.init(named: [done]))[path(done)] == .namedRun)
  }

  @Test func leftoverCheckpointOfAnEndedRunGoes() throws {
    let key = try temporary.finish(Sample.specification())
    try temporary.write(path(key, "checkpoint.bin"))
    #expect(try reasons(now: Date()) == [path(key, "checkpoint.bin"): .leftoverCheckpoint])
  }

  @Test func imagesOfAnyStoredRunStay() throws {
    let other = #"{"configuration":{"size":{"patch":2}},"seed":7}"#
    try temporary.interrupt(Sample.specification(more: Sample.outside()))
    try temporary.finish(
      Sample.specification(seed: 4, more: Sample.outside(other)),
      outcome: .failed(Sample.failure))
    for generator in [Sample.generator, other] {
      try temporary.write("echo/\(Sample.generatorKey(generator).text)/label-0.bin")
    }
    #expect(try !reasons().values.contains(.unusedImages))
  }

  @Test func unreadableSpecificationKeepsAllImages() throws {
    let key = try temporary.interrupt(Sample.specification())
    try temporary.write("echo/\(RunKey(canonical: Data("other".utf8)).text)/label-0.bin")
    #expect(try reasons().values.contains(.unusedImages))
    try Data("{}".utf8).write(
      to: store.folder(of: key).appendingPathComponent("specification.json"))
    let plan = try RunPruning(of: store, now: later)
    #expect(plan.items.isEmpty)
    #expect(plan.remarks.contains { $0.hasPrefix("All modified images stay") })
  }

  @Test func damagedAndStrangeStay() throws {
    let key = try temporary.finish(Sample.specification())
    try temporary.damage(key)
    try temporary.write("runs/ab/stranger/notes.txt")
    let plan = try RunPruning(of: store, now: later)
    #expect(plan.items.isEmpty && plan.remarks.count == 2)
  }

  @Test func namedRunMustBeThere() throws {
    let key = RunKey(canonical: Data("nothing".utf8))
    let error = #expect(throws: PruningError.self) {
      try RunPruning(of: store, options: .init(named: [key]))
    }
    #expect(error?.message.contains(key.short) == true && error?.exitStatus == .usage)
  }

  // MARK: - What is removed

  @Test func planRemovesNothingAndApplyingRemovesThePlan() throws {
    let done = try temporary.finish(Sample.specification())
    let failed = try temporary.finish(
      Sample.specification(seed: 4), outcome: .failed(Sample.failure))
    let started = try temporary.interrupt(Sample.specification(seed: 5))
    let cache = "echo/\(RunKey(canonical: Data("other".utf8)).text)"
    try temporary.write("\(cache)/label-0.bin", count: 4_000)
    let before = try temporary.contents()
    let plan = try RunPruning(of: store, now: later)
    #expect(try temporary.contents() == before)
    #expect(plan.items.count == 3 && plan.bytes > 5_000)

    let outcome = try plan.apply(to: store)
    #expect(outcome.removed == plan.items && outcome.kept.isEmpty && outcome.bytes == plan.bytes)
    #expect(try store.state(of: done) == .done)
    #expect(try store.state(of: failed) == .absent)
    #expect(try store.state(of: started) == .started)
    #expect(try store.loadCheckpoint(of: started) == .none)
    let gone = before.subtracting(try temporary.contents())
    #expect(
      gone == [
        path(failed), path(failed, "record.json"), path(failed, "specification.json"), cache,
        "\(cache)/label-0.bin", path(started, "checkpoint.bin"),
      ])
    #expect(try RunPruning(of: store, now: later).items.isEmpty)
    #expect(
      try plan.apply(to: store).kept.map(\.reason)
        == .init(repeating: "it is gone already", count: 3))
  }

  @Test func doneRunGoesOnlyWhenNamed() throws {
    let (one, two) = (
      try temporary.finish(Sample.specification()),
      try temporary.finish(Sample.specification(seed: 4))
    )
    let plan = try RunPruning(of: store, options: .init(named: [one]), now: later)
    #expect(try plan.apply(to: store).removed.map(\.path) == [path(one)])
    #expect(try store.keys() == [two])
  }

  @Test func runThatIsBeingTrainedStays() throws {
    let failed = try temporary.finish(
      Sample.specification(seed: 4), outcome: .failed(Sample.failure))
    let started = try temporary.interrupt(Sample.specification(seed: 5))
    let asset = RunKey(canonical: Data("asset".utf8))
    try temporary.write("assets/generator/.\(asset.text).unfinished/progress.safetensors")
    let plan = try RunPruning(of: store, now: later)
    #expect(plan.items.count == 3)
    let before = try temporary.contents()
    let claims = [
      try store.tryClaim(failed), try store.tryClaim(started),
      try store.tryClaimAsset(kind: "generator", key: asset),
    ]
    #expect(claims.allSatisfy { $0 != nil })
    let outcome = try withExtendedLifetime(claims) { try plan.apply(to: store) }
    #expect(outcome.removed.isEmpty)
    #expect(
      outcome.kept.map(\.reason) == .init(repeating: "another process is at work on it", count: 3))
    #expect(before.isSubset(of: try temporary.contents()))
  }

  @Test func whatChangedSinceThePlanStays() throws {
    let started = try temporary.interrupt(Sample.specification(seed: 5))
    let plan = try RunPruning(of: store, now: later)
    try temporary.interrupt(Sample.specification(seed: 5))
    let outcome = try plan.apply(to: store)
    #expect(outcome.removed.isEmpty && outcome.kept.count == 1)
    #expect(try store.loadCheckpoint(of: started).checkpoint != nil)
  }

  @Test func linksAreNotFollowed() throws {
    let outside = TemporaryStore()
    let kept = try outside.write("echo/precious.bin", count: 5_000)
    let name = RunKey(canonical: Data("other".utf8)).text
    let echo = temporary.root.appendingPathComponent("echo", isDirectory: true)
    try AtomicFile.createFolder(echo)
    try FileManager.default.createSymbolicLink(
      at: echo.appendingPathComponent(name),
      withDestinationURL: kept.deletingLastPathComponent())
    let plan = try RunPruning(of: store, now: later)
    #expect(plan.items.count == 1 && plan.bytes < 5_000)
    #expect(try plan.apply(to: store).removed.count == 1)
    #expect(FileManager.default.fileExists(atPath: kept.path))
  }

  @Test func planIsJSON() throws {
    try temporary.finish(Sample.specification(seed: 4), outcome: .failed(Sample.failure))
    let plan = try RunPruning(of: store, now: later)
    let text = String(decoding: try CanonicalJSON.encode(plan), as: UTF8.self)
    #expect(text.hasPrefix(#"{"items":[{"bytes":"#) && text.contains(#""reason":"failed-run""#))
  }
}
