/// Which items can start, in which order: those on the costliest chain first.
///
/// An item's priority is the cost of the longest chain of items that begins with it; among equals
/// the list's order holds. Making the plan is linear in items and dependencies, taking an item
/// logarithmic.
struct WorkPlan {
  let items: [WorkItem]
  /// The cost of the longest chain that begins with the item.
  let priorities: [Double]
  private let dependents: [[Int]]
  private var waiting: [Int]
  private var isSettled: [Bool]
  /// Items that can start, best last.
  private var ready: [Int] = []
  /// Items that neither finished nor failed nor were skipped.
  private(set) var unsettled: Int
  /// The summed cost of those.
  private(set) var unsettledCost: Double
  /// The summed cost of all items.
  let totalCost: Double

  init(_ items: [WorkItem], completed: Set<String>) throws {
    self.items = items
    var indices: [String: Int] = [:]
    for (index, item) in items.enumerated() {
      guard indices.updateValue(index, forKey: item.id) == nil else {
        throw WorkerError.duplicateItem(item.id)
      }
    }
    var dependents = [[Int]](repeating: [], count: items.count)
    var waiting = [Int](repeating: 0, count: items.count)
    for (index, item) in items.enumerated() {
      for dependency in Set(item.dependencies) where !completed.contains(dependency) {
        guard let other = indices[dependency] else {
          throw WorkerError.unknownDependency(item: item.id, dependency: dependency)
        }
        dependents[other].append(index)
        waiting[index] += 1
      }
    }
    priorities = try Self.priorities(items, dependents: dependents, waiting: waiting)
    self.dependents = dependents
    self.waiting = waiting
    isSettled = [Bool](repeating: false, count: items.count)
    unsettled = items.count
    totalCost = items.reduce(0) { $0 + max(0, $1.cost) }
    unsettledCost = totalCost
    for index in items.indices where waiting[index] == 0 { ready.append(index) }
    let priorities = priorities
    ready.sort { (priorities[$0], $1) < (priorities[$1], $0) }
  }

  /// The number of items that can start now.
  var readyCount: Int { ready.count }

  /// The cost of the longest chain among the items that can start now.
  var longestReadyChain: Double { ready.last.map { priorities[$0] } ?? 0 }

  /// Takes the best item that can start now.
  mutating func next() -> Int? { ready.popLast() }

  /// Makes an item that was taken startable again.
  mutating func putBack(_ index: Int) {
    var low = 0
    var high = ready.count
    while low < high {
      let middle = (low + high) / 2
      if (priorities[ready[middle]], index) < (priorities[index], ready[middle]) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    ready.insert(index, at: low)
  }

  /// Marks an item that was taken as finished, which may make others startable.
  mutating func finish(_ index: Int) {
    settle(index)
    for other in dependents[index] {
      waiting[other] -= 1
      if waiting[other] == 0 && !isSettled[other] { putBack(other) }
    }
  }

  /// Marks an item that was taken as failed and returns the items that can never start now, nearest
  /// first.
  mutating func fail(_ index: Int) -> [Int] {
    settle(index)
    var skipped: [Int] = []
    var next = [index]
    while !next.isEmpty {
      var further: [Int] = []
      for other in next.flatMap({ dependents[$0] }) where !isSettled[other] {
        settle(other)
        further.append(other)
      }
      skipped += further
      next = further
    }
    return skipped
  }

  private mutating func settle(_ index: Int) {
    isSettled[index] = true
    unsettled -= 1
    unsettledCost -= max(0, items[index].cost)
  }

  private static func priorities(
    _ items: [WorkItem], dependents: [[Int]], waiting: [Int]
  ) throws -> [Double] {
    var waiting = waiting
    var order = items.indices.filter { waiting[$0] == 0 }
    var position = 0
    while position < order.count {
      for other in dependents[order[position]] {
        waiting[other] -= 1
        if waiting[other] == 0 { order.append(other) }
      }
      position += 1
    }
    guard order.count == items.count else {
      throw WorkerError.cycle(items.indices.filter { waiting[$0] > 0 }.map { items[$0].id })
    }
    var priorities = [Double](repeating: 0, count: items.count)
    for index in order.reversed() {
      let longest = dependents[index].map { priorities[$0] }.max() ?? 0
      priorities[index] = max(0, items[index].cost) + longest
    }
    return priorities
  }
}
