import Experiments
import Foundation
import RunStore
import Testing
import Torch

/// Runs that could not say themselves why they failed.
@Suite(.enabled(if: SmokeRun.hasData, "needs Fashion-MNIST"))
struct RunFailureTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("plumbline-failure-\(UUID().uuidString)", isDirectory: true)
  private let failure = RunRecord.Failure(
    cause: .signal, message: "the worker died", lastLines: ["last", "words"])

  @Test func aKeptFailureIsShownAndTriedAgain() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = RunStore(root: folder)
    let run = try SmokeRun.specification()
    let key = try run.key()
    try store.keep(failure, of: run, on: .cpu)
    #expect(try store.state(of: key) == .failed(failure))
    #expect(try store.record(of: key)?.noise == .null)
    #expect(try !Job.run(run).isDone(in: store))

    #expect(try RunExecutor(store: store, device: .cpu).execute(run) == .finished)
    #expect(try store.state(of: key) == .done)
    let kept = store.folder(of: key).appendingPathComponent("record.failed-1.json")
    #expect(FileManager.default.fileExists(atPath: kept.path))
  }

  @Test func divergenceIsFinalAndAResultIsNeverReplaced() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = RunStore(root: folder)
    let run = try SmokeRun.specification()
    let key = try run.key()
    let diverged = RunRecord.Failure(cause: .nonFinite, message: "loss is NaN")
    try store.keep(diverged, of: run, on: .cpu)
    #expect(try Job.run(run).isDone(in: store))
    #expect(
      try RunExecutor(store: store, device: .cpu).execute(run) == .failed(diverged))

    let other = try SmokeRun.specification(seed: 2)
    #expect(try RunExecutor(store: store, device: .cpu).execute(other) == .finished)
    try store.keep(failure, of: other, on: .cpu)
    #expect(try store.state(of: other.key()) == .done)
    #expect(try store.keys().contains(key))
  }

  @Test func workThatAnotherProcessIsAtIsBusy() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = RunStore(root: folder)
    let run = try SmokeRun.specification()
    let claim = try #require(try store.tryClaim(run.key()))
    let executor = RunExecutor(store: store, device: .cpu, waitsForOthers: false)
    #expect(try executor.execute(run) == .busy)
    #expect(claim.isHeld())
    // One that waits is told to stop instead.
    let patient = RunExecutor(store: store, device: .cpu)
    #expect(
      try patient.execute(run, watch: ExecutionWatch(isStopped: { true })) == .stopped)
    #expect(try store.state(of: run.key()) == .absent)
  }
}
