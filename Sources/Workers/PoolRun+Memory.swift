import Foundation

extension PoolRun {
  private static let secondsBetweenLooks = 2.0
  /// The share of the limit beyond which a worker is not waited for.
  private static let urgentShare = 1.25

  /// Lets a worker go when all together take more memory than they may.
  ///
  /// The one that lost least goes: an idle one, or that which took its item last. Its item goes back
  /// and continues from its checkpoint.
  func watchMemory() {
    guard let limit = pool.memoryLimit, !isStopping,
      lastLookAtMemory.duration(to: .now).inSeconds >= Self.secondsBetweenLooks
    else { return }
    lastLookAtMemory = .now
    let total = slots.compactMap { $0.child?.residentBytes }.reduce(0, +)
    guard total > limit else { return }
    let reason =
      "the workers take \(ByteCount(total)) of memory together, and \(ByteCount(limit)) is the limit"
    let active = activeWorkers
    guard active.count > 1, let last = active.max(by: { age(of: $0) > age(of: $1) }) else {
      guard !toldOverLimit, active.count == 1 else { return }
      toldOverLimit = true
      tell(.overLimit(reason: reason + "; the last worker goes on"))
      return
    }
    allow(workers: active.count - 1, reason: reason)
    retire(last, atOnce: Double(total) > Self.urgentShare * Double(limit))
  }

  /// Seconds of work that would be lost with a worker, at most.
  private func age(of index: Int) -> Double {
    slots[index].item == nil ? -1 : slots[index].since.duration(to: .now).inSeconds
  }

  /// Goes on with a smaller number of workers, and at least one.
  func allow(workers: Int, reason: String) {
    let fewer = max(1, workers)
    guard fewer < allowedWorkers else { return }
    allowedWorkers = fewer
    tell(.reduced(workers: fewer, reason: reason))
  }

  /// Lets a worker end, after its current epoch or at once.
  func retire(_ index: Int, atOnce: Bool) {
    slots[index].isRetiring = true
    if atOnce {
      slots[index].child?.kill()
    } else if slots[index].item == nil {
      slots[index].child?.closeInput()
    } else {
      // A worker that cannot be told has died, and says so by that.
      try? slots[index].child?.send(.stop)
    }
  }
}
