import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// The results of a function of each element, in order, computed on all cores.
  ///
  /// - Throws: The error of the first element, in order, whose function threw; the others are computed nevertheless.
  public func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) throws -> Result
  ) throws -> [Result] {
    let results = Mutex([Swift.Result<Result, any Error>?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = Swift.Result { try transform(self[index]) }
      results.withLock { $0[index] = result }
    }
    return try results.withLock { try $0.compactMap { try $0?.get() } }
  }
}
