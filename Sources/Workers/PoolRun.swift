import Foundation
import Logging
import RunStore

/// One call of a pool: the loop that starts workers, hands out items and hears what became of them.
///
/// Everything happens on the calling thread; the children's threads only fill the mailbox.
final class PoolRun {
  /// The place of one worker, which several processes may fill one after another.
  struct Slot {
    var child: ChildProcess?
    var isReady = false
    var item: Int?
    /// Whether the worker is to end and not to be replaced.
    var isRetiring = false
    var since = ContinuousClock.now
    var progress: WorkProgress?
    /// The share that was done when the first progress came: an earlier sitting's work.
    var firstFraction: Double?
    /// Processes in a row that ended before they were ready.
    var failedStarts = 0
  }

  private static let tickSeconds = 0.1
  private static let allowedFailedStarts = 2
  private static let lastWordsMicroseconds: UInt32 = 20_000
  private static let pauseBeforeAnotherLook = Duration.seconds(1)

  let mailbox = Mailbox<ChildProcess.Message>()
  let pool: WorkerPool
  let observer: (any PoolObserver)?
  let start = ContinuousClock.now
  var plan: WorkPlan
  var slots: [Slot]
  var finished = 0
  var failed = 0
  var skipped = 0
  var measured = (seconds: 0.0, cost: 0.0)
  var isStopping = false
  /// The workers that may be there; memory can make it fewer.
  var allowedWorkers: Int
  /// Items that another process is at work on, and when to look again.
  var postponed: [(item: Int, until: ContinuousClock.Instant)] = []
  var lastLookAtMemory = ContinuousClock.now
  var toldOverLimit = false
  private var results: [String: PoolReport.Result] = [:]
  private var startsOfItem: [Int: Int] = [:]
  private var killTime: ContinuousClock.Instant?
  private var childNumber = 0
  private var kills = OutOfMemoryCounter()

  init(pool: WorkerPool, plan: WorkPlan, observer: (any PoolObserver)?) {
    self.pool = pool
    self.plan = plan
    self.observer = observer
    allowedWorkers = min(pool.workers, max(1, plan.items.count))
    slots = [Slot](repeating: Slot(), count: allowedWorkers)
  }

  func run() throws -> PoolReport {
    defer { observer?.poolEnded(snapshot: snapshot()) }
    do {
      while plan.unsettled > 0 && !(isStopping && slots.allSatisfy { $0.item == nil }) {
        if !isStopping { try assign() }
        for message in mailbox.take(timeout: Self.tickSeconds) { try handle(message) }
        if let killTime, ContinuousClock.now >= killTime { killAll() }
        watchMemory()
        observer?.pool(at: snapshot())
      }
    } catch {
      killAll()
      throw error
    }
    dismiss()
    for item in plan.items where results[item.id] == nil { results[item.id] = .interrupted }
    return PoolReport(
      results: results, isInterrupted: results.values.contains(.interrupted),
      seconds: start.duration(to: .now).inSeconds)
  }

  /// Hands items to ready workers and starts as many workers as there are items to do.
  private func assign() throws {
    let now = ContinuousClock.now
    for (item, until) in postponed where until <= now { plan.putBack(item) }
    postponed.removeAll { $0.until <= now }
    for index in slots.indices
    where slots[index].isReady && slots[index].item == nil && !slots[index].isRetiring {
      guard let item = plan.next() else { return }
      slots[index].item = item
      slots[index].since = .now
      slots[index].progress = nil
      slots[index].firstFraction = nil
      startsOfItem[item, default: 0] += 1
      slots[index].child?.lines.clear()
      try slots[index].child?.send(.run(plan.items[item]))
      tell(.started(label: plan.items[item].label, worker: index + 1))
    }
    var starting = slots.count { $0.child != nil && !$0.isReady }
    for index in slots.indices
    where slots[index].child == nil && starting < plan.readyCount
      && activeWorkers.count < allowedWorkers
    {
      childNumber += 1
      slots[index].child = try ChildProcess(
        number: childNumber, executable: pool.executable, arguments: pool.arguments,
        environment: pool.environment(ofWorker: index + 1), mailbox: mailbox)
      pool.logger.debug("worker \(index + 1) started")
      starting += 1
    }
  }

  /// The places with a worker that stays.
  var activeWorkers: [Int] {
    slots.indices.filter { slots[$0].child != nil && !slots[$0].isRetiring }
  }

  private func handle(_ message: ChildProcess.Message) throws {
    switch message {
    case .interrupt: try interrupt()
    case .event(let child, let event):
      if let index = slots.firstIndex(where: { $0.child?.number == child }) {
        handle(event, slot: index)
      }
    case .ended(let child, let ending):
      if let index = slots.firstIndex(where: { $0.child?.number == child }) {
        try ended(ending, slot: index)
      }
    }
  }

  private func handle(_ event: WorkerEvent, slot index: Int) {
    let item = slots[index].item
    let id = item.map { plan.items[$0].id }
    switch event {
    case .ready:
      slots[index].isReady = true
      slots[index].failedStarts = 0
    case .progress(let name, let progress) where name == id:
      slots[index].progress = progress
      slots[index].firstFraction = slots[index].firstFraction ?? progress.fraction
    case .finished(let name) where name == id:
      guard let item else { return }
      let seconds = slots[index].since.duration(to: .now).inSeconds
      let rest = 1 - (slots[index].firstFraction ?? 0)
      measured.seconds += seconds
      measured.cost += plan.items[item].cost * (rest > 0 ? rest : 1)
      slots[index].item = nil
      finished += 1
      results[plan.items[item].id] = .finished(seconds: seconds)
      plan.finish(item)
      tell(.finished(label: plan.items[item].label, seconds: seconds))
    case .failed(let name, var failure) where name == id:
      guard let item else { return }
      // The last words come through another pipe than the message, and may come after it.
      usleep(Self.lastWordsMicroseconds)
      if failure.lastLines.isEmpty { failure.lastLines = slots[index].child?.lines.all ?? [] }
      slots[index].item = nil
      if failure.cause == .outOfMemory {
        // Its memory goes back with the process.
        retire(index, atOnce: true)
        allow(
          workers: activeWorkers.count, reason: "\(plan.items[item].label) ran out of memory")
        retry(item, reason: failure.message, failure: failure)
      } else {
        fail(item, failure)
      }
    case .busy(let name) where name == id:
      slots[index].item = nil
      guard let item else { return }
      startsOfItem[item, default: 1] -= 1
      postponed.append((item, .now + Self.pauseBeforeAnotherLook))
    case .stopped(let name) where name == id:
      slots[index].item = nil
      guard let item else { return }
      if slots[index].isRetiring {
        takeBack(item)
        slots[index].child?.closeInput()
      } else {
        retry(item, reason: "the worker was asked to stop", failure: nil)
      }
    case .progress, .finished, .failed, .stopped, .busy: break
    }
  }

  private func ended(_ ending: ChildProcess.Ending, slot index: Int) throws {
    let lines = slots[index].child?.lines.all ?? []
    pool.logger.debug("worker \(index + 1) ended: \(ending.text)")
    let wasReady = slots[index].isReady
    let item = slots[index].item
    let wasRetiring = slots[index].isRetiring
    slots[index].child = nil
    slots[index].isReady = false
    slots[index].isRetiring = false
    slots[index].item = nil
    if wasRetiring {
      item.map(takeBack)
    } else if let item {
      let failure = Self.failure(ending, lines: lines, memoryRanOut: kills.hasRisen())
      if failure.cause == .outOfMemory {
        allow(workers: activeWorkers.count, reason: "a worker ran out of memory")
      }
      retry(item, reason: failure.message, failure: failure)
    } else if !wasReady && !isStopping {
      slots[index].failedStarts += 1
      if slots[index].failedStarts >= Self.allowedFailedStarts {
        var status = ExitStatus.internalError
        if case .exit(let code) = ending, code != 0 {
          status = ExitStatus(rawValue: code) ?? status
        }
        throw WorkerError.endsAtOnce(
          ending: ending.text, lastLines: lines.suffix(3), exitStatus: status)
      }
    }
  }

  /// Puts an item back that its worker left for no reason of its own.
  func takeBack(_ item: Int) {
    startsOfItem[item, default: 1] -= 1
    plan.putBack(item)
  }

  /// Puts an item back whose worker left it, or fails it when that happened too often.
  private func retry(_ item: Int, reason: String, failure: WorkFailure?) {
    if isStopping {
      plan.putBack(item)
    } else if startsOfItem[item, default: 0] < pool.attempts {
      plan.putBack(item)
      tell(.restarted(label: plan.items[item].label, reason: reason))
    } else {
      fail(item, failure ?? WorkFailure(cause: .signal, message: reason))
    }
  }

  private func fail(_ item: Int, _ failure: WorkFailure) {
    failed += 1
    results[plan.items[item].id] = .failed(failure)
    let others = plan.fail(item)
    tell(.failed(label: plan.items[item].label, failure))
    for other in others {
      skipped += 1
      let reason = "it needs \(plan.items[item].label), which failed"
      results[plan.items[other].id] = .skipped(reason: reason)
      tell(.skipped(label: plan.items[other].label, reason: reason))
    }
  }

  private func interrupt() throws {
    guard !isStopping else {
      if pool.insistence == .stopsAtOnce { killAll() }
      return
    }
    isStopping = true
    killTime = .now + .seconds(pool.graceSeconds)
    for slot in slots where slot.item != nil { try slot.child?.send(.stop) }
    tell(.stopping(grace: pool.graceSeconds))
  }

  private func killAll() {
    for slot in slots { slot.child?.kill() }
  }

  /// Lets the workers end, and kills those that do not.
  private func dismiss() {
    for slot in slots { slot.child?.closeInput() }
    let limit = ContinuousClock.now + .seconds(isStopping ? 0.5 : 2)
    while slots.contains(where: { $0.child != nil }) && ContinuousClock.now < limit {
      for case .ended(let child, _) in mailbox.take(timeout: Self.tickSeconds) {
        for index in slots.indices where slots[index].child?.number == child {
          slots[index].child = nil
        }
      }
    }
    killAll()
  }

  func tell(_ event: PoolEvent) {
    pool.logger.debug("\(event)")
    observer?.pool(did: event, snapshot: snapshot())
  }
}
