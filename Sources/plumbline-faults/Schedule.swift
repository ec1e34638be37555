/// Which fault each trial tries.
enum Schedule {
  /// The faults of trials 1, 2, …: first every kind once, then each as often as its share asks, evenly spread.
  static func faults(_ kinds: [any Fault], trials: Int) -> [any Fault] {
    let total = kinds.reduce(0) { $0 + $1.share }
    var credits = kinds.map { _ in 0 }
    return (0..<trials).compactMap { trial in
      for index in kinds.indices { credits[index] += kinds[index].share }
      let richest = kinds.indices.max {
        (credits[$0], -$0) < (credits[$1], -$1)
      }
      guard let chosen = trial < kinds.count ? trial : richest else { return nil }
      credits[chosen] -= total
      return kinds[chosen]
    }
  }
}
