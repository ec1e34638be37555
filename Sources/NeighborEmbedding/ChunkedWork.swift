import Dispatch
import Synchronization

/// Work on an index range in chunks of a fixed size, shared among threads.
///
/// Chunks depend on the length of the range alone and sums are taken in the chunks' order, so that
/// results do not depend on how many threads there are or which one was faster.
struct ChunkedWork: Sendable {
  let threads: Int

  init(threads: Int) {
    precondition(threads > 0, "work on \(threads) threads")
    self.threads = threads
  }

  /// Calls the body once for each chunk of `0..<count`, on several threads.
  func forEach(_ count: Int, chunk: Int, _ body: (Range<Int>) -> Void) {
    let chunks = (count + chunk - 1) / chunk
    let workers = min(threads, chunks)
    if workers <= 1 {
      for index in 0..<chunks { body(index * chunk..<min((index + 1) * chunk, count)) }
      return
    }
    let next = Atomic<Int>(0)
    withoutActuallyEscaping(body) { body in
      // Every chunk is handed out once, and the call returns when all are done.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: workers) { _ in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if index >= chunks { return }
          body(index * chunk..<min((index + 1) * chunk, count))
        }
      }
    }
  }

  /// The sum of what the body returns for the chunks of `0..<count`, added in order.
  func sum(_ count: Int, chunk: Int, _ body: (Range<Int>) -> SIMD2<Double>) -> SIMD2<Double> {
    let parts = Scratch(repeating: SIMD2<Double>.zero, count: (count + chunk - 1) / chunk)
    forEach(count, chunk: chunk) { parts[$0.lowerBound / chunk] = body($0) }
    var total = SIMD2<Double>.zero
    for index in 0..<parts.count { total += parts[index] }
    return total
  }
}
