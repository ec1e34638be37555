import Foundation
import RunStore
import Testing
import Workers

@Suite struct WorkFailureTests {
  @Test func errorsAreClassed() {
    struct Strange: Error {}
    let missing = FileSystemError(path: "/a", operation: .read, errorNumber: ENOENT)
    let full = FileSystemError(path: "/a", operation: .write, errorNumber: ENOSPC)
    #expect(WorkFailure(missing).cause == .data)
    #expect(WorkFailure(full).cause == .other)
    #expect(WorkFailure(full).exitStatus == .cannotCreate)
    #expect(WorkFailure(Strange()).exitStatus == .internalError)
    let nan = WorkFailure(cause: .nonFinite, message: "loss is nan")
    #expect(WorkFailure(nan) == nan)
  }

  @Test func progressKeepsFiniteNumbersOnly() {
    let progress = WorkProgress(epoch: 3, epochs: 4, loss: .nan, imagesPerSecond: .infinity)
    #expect(progress.loss == nil && progress.imagesPerSecond == nil)
    #expect(progress.fraction == 0.75)
    #expect(WorkProgress(epoch: 3, epochs: 0).fraction == 0)
    #expect(WorkProgress(epoch: 9, epochs: 4).fraction == 1)
  }
}
