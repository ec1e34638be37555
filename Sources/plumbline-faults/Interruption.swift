import Dispatch
import Foundation
import Synchronization

/// Notices that this program is asked to end, so that it can tidy up and say how far it came.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// Whether a signal asked for the end.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Throws once a signal asked for the end.
  static func check() throws { if isRequested { throw InterruptedError() } }

  /// Listens from now on, for as long as the result lives.
  static func listen() -> [any DispatchSourceSignal] {
    let queue = DispatchQueue(label: "plumbline.faults.signals")
    return [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { flag.store(true, ordering: .relaxed) }
      source.resume()
      return source
    }
  }
}

/// The end of a trial that somebody asked for.
struct InterruptedError: Error {}
