import Dispatch
import Synchronization

/// How long lists of rows are cut up for blocked products and shared out among threads.
enum Blocks {
  /// The rows of a block: a tile of this many rows and columns stays in the processor's caches.
  static let rows = 1024

  /// Cuts `0..<count` into ranges of `size`, the last one shorter.
  static func ranges(of count: Int, size: Int = rows) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  /// Calls `body` with each of `0..<count` and the number of the worker that does it.
  ///
  /// Which worker takes which block depends on their speed: results must not depend on it.
  static func forEach(_ count: Int, threads: Int, _ body: (_ block: Int, _ worker: Int) -> Void) {
    let workers = max(1, min(threads, count))
    if workers == 1 {
      for block in 0..<count { body(block, 0) }
      return
    }
    let next = Atomic<Int>(0)
    withoutActuallyEscaping(body) { body in
      // Every call gets a block of its own, and all of them end before this function does.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        while true {
          let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if block >= count { return }
          body(block, worker)
        }
      }
    }
  }
}
