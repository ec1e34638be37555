/// The stack machine that a pickle is a program for.
///
/// Containers live in `heap` and are named by their place in it: a list may be filled after something else took hold of
/// it, and neither a cycle nor a deep nest can exhaust the call stack.
struct PickleMachine {
  /// What is on the stack, in the memo and in containers.
  enum Item {
    case none
    case bool(Bool)
    case integer(Int)
    case real(Double)
    case text(String)
    case bytes([UInt8])
    case object(Int)
    case global(PickleGlobal)
  }

  /// A container.
  enum Object {
    case list([Item])
    case tuple([Item])
    case dictionary([(key: Item, value: Item)])
    case elementType(PickleArray.Element, isBigEndian: Bool)
    case array(PickleArray?)
  }

  var reader: PickleReader
  var stack: [Item] = []
  var heap: [Object] = []
  private var marks: [Int] = []
  private var memo: [Int: Item] = [:]

  /// Prepares to run a pickle.
  init(_ bytes: [UInt8]) {
    reader = PickleReader(bytes)
  }

  /// Runs the pickle to its end mark.
  mutating func run() throws(PickleFault) -> PickleValue {
    while true {
      let code = try reader.byte()
      guard let opcode = PickleOpcode(rawValue: code) else {
        throw PickleFault("opcode 0x\(String(code, radix: 16)) is no part of plain data; refused")
      }
      if opcode == .stop {
        let item = try pop()
        guard stack.isEmpty, marks.isEmpty else {
          throw PickleFault("expected one value at the pickle's end, found more")
        }
        return try value(of: item)
      }
      try execute(opcode)
    }
  }

  // MARK: Stack

  mutating func push(_ item: Item) { stack.append(item) }

  mutating func push(_ object: Object) {
    heap.append(object)
    stack.append(.object(heap.count - 1))
  }

  mutating func pop() throws(PickleFault) -> Item {
    guard stack.count > (marks.last ?? 0), let item = stack.popLast() else {
      throw PickleFault("expected a value on the stack, found none; the pickle is damaged")
    }
    return item
  }

  /// The last items, in the order in which they were pushed.
  mutating func pop(_ count: Int) throws(PickleFault) -> [Item] {
    guard stack.count - (marks.last ?? 0) >= count else {
      throw PickleFault("expected \(count) values on the stack, found fewer")
    }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  mutating func pushMark() { marks.append(stack.count) }

  /// The items since the last mark, which is taken away.
  mutating func popToMark() throws(PickleFault) -> [Item] {
    guard let mark = marks.popLast() else {
      throw PickleFault("expected a mark on the stack, found none; the pickle is damaged")
    }
    defer { stack.removeLast(stack.count - mark) }
    return Array(stack[mark...])
  }

  /// Pushes the top of the stack again.
  mutating func duplicate() throws(PickleFault) {
    let item = try pop()
    stack += [item, item]
  }

  // MARK: Memo

  mutating func remember(_ key: Int) throws(PickleFault) {
    let item = try pop()
    push(item)
    guard key >= 0 else { throw PickleFault("memo place \(key) is impossible") }
    memo[key] = item
  }

  mutating func memoize() throws(PickleFault) { try remember(memo.count) }

  mutating func recall(_ key: Int) throws(PickleFault) {
    guard let item = memo[key] else { throw PickleFault("memo place \(key) is empty") }
    push(item)
  }

  // MARK: Containers

  mutating func append(_ items: [Item]) throws(PickleFault) {
    let target = try pop()
    push(target)
    guard case .object(let place) = target, case .list(var list) = heap[place] else {
      throw PickleFault("expected a list to append to, found something else")
    }
    heap[place] = .list([])
    list += items
    heap[place] = .list(list)
  }

  mutating func set(_ items: [Item]) throws(PickleFault) {
    let target = try pop()
    push(target)
    guard case .object(let place) = target, case .dictionary(var entries) = heap[place] else {
      throw PickleFault("expected a dictionary to add to, found something else")
    }
    heap[place] = .dictionary([])
    entries += try pairs(items)
    heap[place] = .dictionary(entries)
  }

  /// Keys and values that take turns.
  func pairs(_ items: [Item]) throws(PickleFault) -> [(key: Item, value: Item)] {
    guard items.count % 2 == 0 else { throw PickleFault("expected a value for every key") }
    return stride(from: 0, to: items.count, by: 2).map { (items[$0], items[$0 + 1]) }
  }

  // MARK: Result

  /// The plain value of an item.
  ///
  /// Shared containers are copied, so their number is bounded too: a few hundred bytes could name 2⁶⁴ lists.
  private func value(of item: Item) throws(PickleFault) -> PickleValue {
    var budget = 2 * reader.count + 1000
    return try value(of: item, depth: 0, budget: &budget)
  }

  private func value(
    of item: Item, depth: Int, budget: inout Int
  ) throws(PickleFault) -> PickleValue {
    budget -= 1
    guard budget >= 0, depth <= RestrictedPickle.depthLimit else {
      throw PickleFault(
        budget < 0
          ? "the value is larger than its pickle can be; refused"
          : "containers nest deeper than \(RestrictedPickle.depthLimit); refused")
    }
    switch item {
    case .none: return .none
    case .bool(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .real(let value): return .real(value)
    case .text(let value): return .text(value)
    case .bytes(let value): return .bytes(value)
    case .global(let global):
      throw PickleFault("expected a value, found the name \(global.rawValue)")
    case .object(let place):
      switch heap[place] {
      case .list(let items):
        return .list(try values(of: items, depth: depth + 1, budget: &budget))
      case .tuple(let items):
        return .tuple(try values(of: items, depth: depth + 1, budget: &budget))
      case .dictionary(let entries):
        let keys = try values(of: entries.map(\.key), depth: depth + 1, budget: &budget)
        let values = try values(of: entries.map(\.value), depth: depth + 1, budget: &budget)
        return .dictionary(zip(keys, values).map { PickleEntry(key: $0, value: $1) })
      case .array(let array):
        guard let array else { throw PickleFault("expected an array with content, found none") }
        return .array(array)
      case .elementType:
        throw PickleFault("expected a value, found an element type")
      }
    }
  }

  private func values(
    of items: [Item], depth: Int, budget: inout Int
  ) throws(PickleFault) -> [PickleValue] {
    var values: [PickleValue] = []
    for item in items { values.append(try value(of: item, depth: depth, budget: &budget)) }
    return values
  }
}
