import Foundation
import RunStore
import Synchronization

/// One worker process and the threads that listen to it.
final class ChildProcess {
  /// How a process ended.
  enum Ending: Hashable, Sendable {
    case exit(Int32)
    case signal(Int32)

    /// The ending in words.
    var text: String {
      switch self {
      case .exit(let status): return "exit status \(status)"
      case .signal(let number):
        return "signal \(number), \(String(cString: strsignal(number)))"
      }
    }
  }

  /// What a child's threads report; `child` tells whose message it is.
  enum Message: Sendable {
    case event(child: Int, WorkerEvent)
    case ended(child: Int, Ending)
    case interrupt
  }

  /// The last lines of a child's standard error.
  final class Lines: Sendable {
    private static let limit = 20
    private let lines = Mutex<[String]>([])
    func append(_ line: String) {
      lines.withLock {
        $0.append(line)
        if $0.count > Self.limit { $0.removeFirst() }
      }
    }
    var all: [String] { lines.withLock { $0 } }
    func clear() { lines.withLock { $0 = [] } }
  }

  let number: Int
  let lines = Lines()
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let errors = Pipe()
  private var isInputOpen = true

  /// Starts a process; everything that it says goes to the mailbox under its number.
  init(
    number: Int, executable: URL, arguments: [String], environment: [String: String],
    mailbox: Mailbox<Message>
  ) throws {
    self.number = number
    // Without this a later sibling would hold this child's input open beyond our death.
    for pipe in [input, output, errors] {
      for handle in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
        _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
      }
    }
    process.executableURL = executable
    process.arguments = arguments
    process.environment = environment
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
    } catch {
      throw WorkerError.cannotStart(
        path: executable.path, reason: ErrorReport(error).message)
    }
    listen(ended: ended, mailbox: mailbox)
  }

  /// Sends a message; a child that died meanwhile says so by itself.
  func send(_ command: WorkerCommand) throws {
    guard isInputOpen else { return }
    writeWhole(try MessageLine.encode(command), to: input.fileHandleForWriting.fileDescriptor)
  }

  /// Lets an idle child end.
  func closeInput() {
    guard isInputOpen else { return }
    isInputOpen = false
    try? input.fileHandleForWriting.close()
  }

  /// The bytes of memory that the process has for itself, with its share of what several use; nil
  /// where the system does not say.
  var residentBytes: Int? { ProcessMemory.residentBytes(of: process.processIdentifier) }

  /// Ends the process at once.
  func kill() {
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
  }

  private func listen(ended: DispatchSemaphore, mailbox: Mailbox<Message>) {
    let number = number
    let lines = lines
    // The handles are kept by the threads, which read until the child's death.
    let errors = errors.fileHandleForReading
    let output = output.fileHandleForReading
    let process = process
    let errorsRead = Mailbox<Bool>()
    Thread.detachNewThread {
      var reader = LineReader(descriptor: errors.fileDescriptor)
      while let line = reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
      try? errors.close()
      errorsRead.post(true)
    }
    Thread.detachNewThread {
      var reader = LineReader(descriptor: output.fileDescriptor)
      while let line = reader.next() {
        if let event = MessageLine.decode(WorkerEvent.self, from: line) {
          mailbox.post(.event(child: number, event))
        } else {
          lines.append(String(decoding: line, as: UTF8.self))
        }
      }
      try? output.close()
      ended.wait()
      _ = errorsRead.take(timeout: 1)
      let isSignal = process.terminationReason == .uncaughtSignal
      let status = process.terminationStatus
      mailbox.post(.ended(child: number, isSignal ? .signal(status) : .exit(status)))
    }
  }
}
