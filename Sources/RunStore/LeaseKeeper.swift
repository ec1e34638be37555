import Foundation
import Synchronization

/// Gives a sign of life for every claim that this process holds, on a thread of its own.
///
/// The counter is written over in place, so that a file that has lost its name is not named again.
final class LeaseKeeper: Sendable {
  static let shared = LeaseKeeper()

  private struct State {
    var held: [Int32: UInt64] = [:]
    var isRunning = false
  }

  private let state = Mutex(State())
  /// Five signs of life in the time after which a holder counts as gone.
  private static let beatsPerLease = 5.0

  /// Keeps the lease in the file of a descriptor alive.
  func add(_ descriptor: Int32) {
    let starts = state.withLock { state in
      state.held[descriptor] = 0
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if starts { Thread.detachNewThread { self.beat() } }
  }

  /// Lets a lease run out.
  func remove(_ descriptor: Int32) { state.withLock { $0.held[descriptor] = nil } }

  private func beat() {
    while true {
      Thread.sleep(forTimeInterval: Lease.length / Self.beatsPerLease)
      // With the lock held a descriptor cannot be closed, and so not be another file's.
      let goesOn = state.withLock { state in
        for (descriptor, count) in state.held {
          state.held[descriptor] = count + 1
          let line = Lease.counterLine(count + 1)
          _ = line.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
          // A network file system shows it to others only then.
          fsync(descriptor)
        }
        state.isRunning = !state.held.isEmpty
        return state.isRunning
      }
      if !goesOn { return }
    }
  }
}

/// What this process has seen of other holders' signs of life.
///
/// Time is counted only while this process watches: no clock of another machine, no file's date and
/// no jump of the clock enters, and a pause of this process counts as one look.
final class LeaseWatch: Sendable {
  static let shared = LeaseWatch()

  private struct Sight {
    var bytes: Data
    var last: SuspendingClock.Instant
    var unchanged = 0.0
  }

  private let sights = Mutex<[String: Sight]>([:])
  /// The share of a lease that one interval between two looks can count for.
  private static let largestShare = 0.1

  /// Whether a lease has been seen without a sign of life for its whole length.
  func hasExpired(_ lease: Lease, path: String) -> Bool {
    let now = SuspendingClock.now
    return sights.withLock { sights in
      guard var sight = sights[path], sight.bytes == lease.bytes else {
        sights[path] = Sight(bytes: lease.bytes, last: now)
        return false
      }
      sight.unchanged += min((now - sight.last) / .seconds(1), Self.largestShare * lease.seconds)
      sight.last = now
      sights[path] = sight
      return sight.unchanged >= lease.seconds
    }
  }

  /// Forgets a file.
  func forget(path: String) { sights.withLock { $0[path] = nil } }
}
