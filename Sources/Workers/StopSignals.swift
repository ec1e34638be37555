import Dispatch
import Foundation

/// Turns the signals that ask a process to end into calls, for as long as the object lives.
///
/// `SIGINT` (Ctrl-C), `SIGTERM` and `SIGHUP` no longer end the process until ``cancel()``. Where
/// `SIGINT` or `SIGHUP` was ignored before (`nohup`, a background job), it stays ignored.
public final class StopSignals {
  private let sources: [any DispatchSourceSignal]
  private let numbers: [Int32]

  /// Calls `handler` with the signal's number on a thread of its own for every such signal.
  public init(
    _ numbers: [Int32] = [SIGINT, SIGTERM, SIGHUP], handler: @escaping @Sendable (Int32) -> Void
  ) {
    let numbers = numbers.filter { $0 == SIGTERM || !Self.isIgnored($0) }
    self.numbers = numbers
    let queue = DispatchQueue(label: "plumbline.signals", qos: .userInteractive)
    sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { handler(number) }
      source.resume()
      return source
    }
  }

  /// Gives the signals their default effect back.
  public func cancel() {
    for source in sources { source.cancel() }
    for number in numbers { signal(number, SIG_DFL) }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
