import Foundation

/// A queue that several threads fill and one empties, with a limit on the wait.
final class Mailbox<Message: Sendable>: @unchecked Sendable {
  // Unchecked: `messages` is only touched with `condition` locked.
  private let condition = NSCondition()
  private var messages: [Message] = []

  func post(_ message: Message) {
    condition.withLock {
      messages.append(message)
      condition.signal()
    }
  }

  /// All messages that are there; waits for the first until the limit, and then returns none.
  func take(timeout: TimeInterval) -> [Message] {
    condition.lock()
    defer { condition.unlock() }
    let limit = Date(timeIntervalSinceNow: timeout)
    while messages.isEmpty {
      if !condition.wait(until: limit) { break }
    }
    defer { messages = [] }
    return messages
  }

  /// The next message, waiting for it.
  func next() -> Message {
    condition.lock()
    defer { condition.unlock() }
    while messages.isEmpty { condition.wait() }
    return messages.removeFirst()
  }
}
