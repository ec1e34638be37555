import Foundation

/// A queue that several threads fill and one empties, with a limit on the wait.
///
/// The limit counts on the steady clock: a wait neither ends early nor lasts for days when the
/// machine's clock is set, as one that ends at a date would.
final class Mailbox<Message: Sendable>: @unchecked Sendable {
  // Unchecked: `messages` is only touched with `mutex` locked.
  private var messages: [Message] = []
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func post(_ message: Message) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    messages.append(message)
    pthread_cond_signal(condition)
  }

  /// All messages that are there; waits for the first until the limit, and then returns none.
  func take(timeout: TimeInterval) -> [Message] {
    var limit = timespec()
    clock_gettime(CLOCK_MONOTONIC, &limit)
    let (second, nanoseconds) = (1_000_000_000, limit.tv_nsec + Int(timeout * 1e9))
    limit.tv_sec += nanoseconds / second
    limit.tv_nsec = nanoseconds % second
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while messages.isEmpty {
      if pthread_cond_timedwait(condition, mutex, &limit) == ETIMEDOUT { break }
    }
    defer { messages = [] }
    return messages
  }

  /// The next message, waiting for it.
  func next() -> Message {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while messages.isEmpty { pthread_cond_wait(condition, mutex) }
    return messages.removeFirst()
  }
}
