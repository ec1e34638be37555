extension PoolRun {
  /// The state of the pool now, with a forecast.
  ///
  /// Seconds for one unit of cost are measured over what was done in this call (finished items and
  /// the shares of running ones), and are 1 before that. What is left takes at least the remaining
  /// cost over the number of workers, and at least the longest remaining chain.
  func snapshot() -> PoolSnapshot {
    var workers: [PoolSnapshot.Worker] = []
    var measured = measured
    var left = plan.unsettledCost
    var longestChain = plan.longestReadyChain
    for (index, slot) in slots.enumerated() {
      guard let item = slot.item else { continue }
      let seconds = slot.since.duration(to: .now).inSeconds
      let cost = plan.items[item].cost
      let fraction = slot.progress?.fraction ?? 0
      let done = cost * (fraction - (slot.firstFraction ?? 0))
      if done > 0 {
        measured.seconds += seconds
        measured.cost += done
      }
      left -= cost * fraction
      longestChain = max(longestChain, plan.priorities[item] - cost * fraction)
      workers.append(
        PoolSnapshot.Worker(
          number: index + 1, label: plan.items[item].label, progress: slot.progress,
          seconds: seconds))
    }
    left = max(0, left)
    let secondsPerCost = measured.cost > 0 ? measured.seconds / measured.cost : 1
    return PoolSnapshot(
      total: plan.items.count, finished: finished, failed: failed, skipped: skipped,
      workers: workers, fraction: plan.totalCost > 0 ? 1 - left / plan.totalCost : 1,
      secondsLeft: secondsPerCost * max(left / Double(slots.count), min(left, longestChain)),
      seconds: start.duration(to: .now).inSeconds, isStopping: isStopping,
      elsewhere: postponed.count)
  }
}

extension Duration {
  /// The duration as a number of seconds.
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
