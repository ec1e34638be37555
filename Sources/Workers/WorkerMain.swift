import Foundation
import RunStore
import Synchronization

/// The worker's side of a pool: takes items from standard input and answers on standard output.
///
/// What else the process writes to standard output goes to standard error instead, so that a
/// library's chatter does not disturb the messages. The process ends by itself, at once and with
/// status 75, when its parent dies.
public enum WorkerMain {
  private enum Order: Sendable {
    case run(WorkItem)
    case end
  }

  /// What the reading thread and the working thread share.
  private final class Shared: Sendable {
    let orders = Mailbox<Order>()
    let isStopped = Atomic<Bool>(false)
    let isBusy = Atomic<Bool>(false)
  }

  /// The least time between two progress messages of one epoch.
  private static let progressInterval = Duration.milliseconds(100)

  /// Does items until there are no more, and returns the status to exit with.
  ///
  /// - Parameter handle: Does one item on the calling thread. It reports progress as often as it
  ///   likes, looks at `isStopped` at the end of every epoch, and when that is true saves and returns
  ///   ``WorkOutcome/stopped``. What it throws becomes the item's failure.
  /// - Returns: The status to exit with.
  /// - Throws: ``RunStore/FileSystemError`` when standard output cannot be taken over.
  public static func run(
    _ handle: (
      _ item: WorkItem, _ report: @escaping (WorkProgress) -> Void,
      _ isStopped: @escaping () -> Bool
    ) throws -> WorkOutcome
  ) throws -> ExitStatus {
    // The terminal's Ctrl-C reaches the whole process group; the parent decides what it means.
    signal(SIGINT, SIG_IGN)
    signal(SIGHUP, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    let messages = dup(STDOUT_FILENO)
    guard messages >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
      throw FileSystemError(path: "standard output", operation: .write, errorNumber: errno)
    }
    let shared = Shared()
    let signals = StopSignals([SIGTERM]) { _ in
      shared.isStopped.store(true, ordering: .relaxed)
      shared.orders.post(.end)
    }
    defer { signals.cancel() }
    watchInput(shared)
    watchParent()
    try send(.ready, to: messages)
    while true {
      guard case .run(let item) = shared.orders.next() else { return .success }
      if shared.isStopped.load(ordering: .relaxed) {
        try send(.stopped(item: item.id), to: messages)
        continue
      }
      shared.isBusy.store(true, ordering: .sequentiallyConsistent)
      let event = outcome(of: item, handle: handle, shared: shared, messages: messages)
      shared.isBusy.store(false, ordering: .sequentiallyConsistent)
      try send(event, to: messages)
    }
  }

  private static func outcome(
    of item: WorkItem,
    handle: (WorkItem, @escaping (WorkProgress) -> Void, @escaping () -> Bool) throws ->
      WorkOutcome,
    shared: Shared, messages: Int32
  ) -> WorkerEvent {
    let clock = ContinuousClock()
    var lastTime: ContinuousClock.Instant?
    var lastEpoch: Int?
    let report = { (progress: WorkProgress) in
      let now = clock.now
      if lastEpoch == progress.epoch, let time = lastTime, now - time < progressInterval { return }
      (lastTime, lastEpoch) = (now, progress.epoch)
      try? send(.progress(item: item.id, progress), to: messages)
    }
    do {
      switch try handle(item, report, { shared.isStopped.load(ordering: .relaxed) }) {
      case .finished: return .finished(item: item.id)
      case .failed(let failure): return .failed(item: item.id, failure)
      case .stopped: return .stopped(item: item.id)
      case .busy: return .busy(item: item.id)
      }
    } catch {
      return .failed(item: item.id, WorkFailure(error))
    }
  }

  private static func send(_ event: WorkerEvent, to descriptor: Int32) throws {
    if !writeWhole(try MessageLine.encode(event), to: descriptor) { endOrphan() }
  }

  private static func watchInput(_ shared: Shared) {
    Thread.detachNewThread {
      var reader = LineReader(descriptor: STDIN_FILENO)
      while let line = reader.next() {
        switch MessageLine.decode(WorkerCommand.self, from: line) {
        case .run(let item): shared.orders.post(.run(item))
        case .stop: shared.isStopped.store(true, ordering: .relaxed)
        case nil: break
        }
      }
      if shared.isBusy.load(ordering: .sequentiallyConsistent) { endOrphan() }
      shared.orders.post(.end)
    }
  }

  /// Notices the parent's death even where somebody else holds our input open.
  private static func watchParent() {
    let parent = getppid()
    Thread.detachNewThread {
      while getppid() == parent { usleep(500_000) }
      endOrphan()
    }
  }

  /// Ends the process without any tidying: all that is stored is whole at any moment.
  private static func endOrphan() -> Never { _exit(ExitStatus.resumable.rawValue) }
}
