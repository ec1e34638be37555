import Foundation
import RunStore
import Testing

@testable import RunExport

@Suite struct BundleImportTests {
  private let temporary = TemporaryStore()
  private let target = TemporaryStore()
  private let elsewhere = TemporaryStore()

  /// A bundle of the first store, opened.
  private func bundle(in folder: URL? = nil) throws -> OpenedBundle {
    let file = elsewhere.root.appendingPathComponent("runs.tar")
    try RunBundle(temporary.store, references: FilledStore.references, includesAssets: true)
      .write(to: file)
    return try OpenedBundle(
      file, in: folder ?? target.root, references: FilledStore.references)
  }

  private func adopt(isDryRun: Bool = false) throws -> BundleImport {
    try BundleImport(
      of: bundle(in: isDryRun ? elsewhere.root : nil), into: target.store,
      references: FilledStore.references, isDryRun: isDryRun)
  }

  @Test func roundTripGivesTheSameFiles() throws {
    let keys = try temporary.fill()
    let outcome = try adopt()
    #expect(outcome.isComplete && outcome.runs.count == 3 && outcome.count(.taken) == 4)
    let taken = try target.files()
    for (path, bytes) in try temporary.files()
    where !path.contains(keys.started.text) && path != "noise/other.csv" {
      #expect(taken[path] == bytes, "\(path)")
    }
    #expect(try Verification(of: target.store, references: FilledStore.references).isSound)
    #expect(try RunComparison(of: temporary.store, with: target.store).equal.count == 3)
    let again = try adopt()
    #expect(again.isComplete && again.count(.present) == 4)
    #expect(try target.files() == taken)
    #expect(try !target.contents().contains { $0.hasPrefix(".") })
  }

  @Test func dryRunChangesNothing() throws {
    _ = try temporary.fill()
    let outcome = try adopt(isDryRun: true)
    #expect(outcome.count(.taken) == 4 && outcome.lines.last?.hasPrefix("runs: 3 taken") == true)
    #expect(!FileManager.default.fileExists(atPath: target.root.path))
  }

  @Test func whatTheStoreHasIsKept() throws {
    let keys = try temporary.fill()
    _ = try adopt()
    try target.forge(keys.second) { $0.epochs[0].trainLoss = 9 }
    try target.store.resetMetrics(
      to: try #require(try target.store.record(of: keys.second)).epochs, of: keys.second)
    try target.damage(keys.done)
    try target.alter("assets/generator/\(keys.asset.text)/manifest.json") { $0[40] ^= 1 }
    let before = try target.files()
    let outcome = try adopt()
    #expect(!outcome.isComplete)
    #expect(outcome.count(.different) == 1 && outcome.count(.blocked) == 2)
    #expect(outcome.lines.contains { $0.contains("epoch 1 train loss 9") }, "\(outcome.lines)")
    #expect(try target.files() == before)
  }

  @Test func otherLabelsStopTheRun() throws {
    _ = try temporary.fill()
    try target.write("noise/labels.csv")
    let outcome = try adopt()
    #expect(outcome.runs.allSatisfy { $0.fate == .blocked } && outcome.assets[0].fate == .taken)
    #expect(try target.store.keys().isEmpty)
  }

  /// A run that was begun here ends with the bundle's record; what was left of its course goes.
  @Test func begunRunIsFinished() throws {
    let keys = try temporary.fill()
    try target.interrupt(Sample.specification(more: Sample.outside()))
    #expect(try adopt().isComplete)
    #expect(try target.store.state(of: keys.done) == .done)
    #expect(try target.store.metrics(of: keys.done).count == 2)
    #expect(try target.store.checkpoint(of: keys.done) == nil)
    let begun = TemporaryStore()
    try begun.interrupt(Sample.specification(seed: 5))
    let outcome = try BundleImport(of: bundle(), into: begun.store)
    #expect(outcome.count(.blocked) == 1, "a failure does not take the place of begun work")
    #expect(try begun.store.checkpoint(of: keys.failed) != nil)
  }

  @Test func whatIsBeingTrainedIsLeft() throws {
    let keys = try temporary.fill()
    let claim = try target.store.tryClaim(keys.done)
    let outcome = try withExtendedLifetime(claim) { try adopt() }
    #expect(outcome.count(.blocked) == 1 && outcome.count(.taken) == 3)
    #expect(try target.store.state(of: keys.done) == .absent)
  }

  /// An import that is killed leaves the hidden folder alone, which is no run, no damage, and pruned.
  @Test func killedImportLeavesTheHiddenFolder() throws {
    _ = try temporary.fill()
    let bundle = try bundle()
    try withExtendedLifetime(bundle) {
      #expect(try target.store.keys().isEmpty)
      let found = try Verification(of: target.store)
      #expect(found.isSound && Set(found.counts.keys) == [.temporaryFile])
      let later = Date(timeIntervalSinceNow: 7_200)
      let plan = try RunPruning(of: target.store, now: later)
      #expect(plan.items.map(\.reason) == [.temporaryFile])
      #expect(try plan.apply(to: target.store).removed.count == 1)
      #expect(try target.contents().isEmpty)
    }
  }
}
