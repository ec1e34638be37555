import CBLAS
import Synchronization

/// Holds OpenBLAS at one thread while blocks of a problem are worked on in parallel.
///
/// OpenBLAS keeps one number of threads for the whole process, and libtorch uses the same library:
/// the number is put back when the last holder has ended.
enum SingleThreadedBLAS {
  private static let state = Mutex((holders: 0, threads: Int32(1)))

  /// Runs a body whose calls of BLAS use no threads of their own.
  static func run<Result>(_ body: () throws -> Result) rethrows -> Result {
    state.withLock { state in
      if state.holders == 0 {
        state.threads = openblas_get_num_threads()
        openblas_set_num_threads(1)
      }
      state.holders += 1
    }
    defer {
      state.withLock { state in
        state.holders -= 1
        if state.holders == 0 { openblas_set_num_threads(state.threads) }
      }
    }
    return try body()
  }
}
