import Foundation

/// Shows on standard error what a pool does: a few lines that renew themselves on a terminal, a
/// line an event elsewhere.
///
/// Nothing is ever written to standard output. The live lines are drawn without hiding the cursor,
/// which stands below them between two drawings, so a process that is killed leaves a usable
/// terminal.
public final class ProgressDisplay: PoolObserver {
  /// How much is shown.
  public enum Verbosity: Hashable, Sendable {
    /// Progress and failures.
    case normal
    /// Failures only.
    case quiet
  }

  private static let liveInterval = 0.1
  private static let plainInterval = 30.0

  private let terminal: Terminal
  private let verbosity: Verbosity
  private let noun: String
  private let size: () -> (columns: Int, rows: Int)
  private let write: (String) -> Void
  /// The live lines that are on the screen.
  private var shown: [String] = []
  private var lastTime = -Double.infinity

  /// Creates a display on standard error; `noun` is what the items are called, in the plural.
  public convenience init(
    noun: String = "cells", verbosity: Verbosity = .normal, terminal: Terminal = .standardError
  ) {
    self.init(
      noun: noun, verbosity: verbosity, terminal: terminal, size: Terminal.size,
      write: { writeWhole(Data($0.utf8), to: STDERR_FILENO) })
  }

  /// Creates a display that writes wherever the closure does, on a screen of the given size.
  public init(
    noun: String, verbosity: Verbosity, terminal: Terminal,
    size: @escaping () -> (columns: Int, rows: Int), write: @escaping (String) -> Void
  ) {
    self.noun = noun
    self.verbosity = verbosity
    self.terminal = terminal
    self.size = size
    self.write = write
  }

  /// Writes a line of text above the live lines.
  public func note(_ text: String) {
    let text = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    write(erasing() + text + "\n" + shown.map { $0 + "\n" }.joined())
  }

  /// Writes what happened, except starts, which the live lines show.
  public func pool(did event: PoolEvent, snapshot: PoolSnapshot) {
    let isQuiet = verbosity == .quiet
    let count = "[\(snapshot.settled)/\(snapshot.total)]"
    switch event {
    case .started: break
    case .finished(let label, let seconds) where !isQuiet:
      let left = terminal.isLive ? "" : "; \(ProgressFrame.summary(snapshot, noun: noun))"
      note(
        "\(count) \(colour("done", 32)) \(label) in \(DurationText.short(seconds: seconds))\(left)")
    case .finished: break
    case .failed(let label, let failure):
      note(
        "\(count) \(colour("failed", 31)) \(label): \(failure.cause.rawValue): \(failure.message)")
      for line in failure.lastLines.suffix(3) { note("    | \(line)") }
    case .skipped(let label, let reason):
      note("\(count) \(colour("skipped", 33)) \(label): \(reason)")
    case .restarted(let label, let reason):
      note("\(count) \(colour("again", 33)) \(label): \(reason)")
    case .reduced(let workers, let reason):
      let noun = workers == 1 ? "worker" : "workers"
      note("\(colour("fewer", 33)) \(workers) \(noun) from now on: \(reason)")
    case .overLimit(let reason): note("\(colour("memory", 33)) \(reason)")
    case .stopping(let grace):
      note(
        "stopping after the current epochs, at most \(DurationText.short(seconds: grace)); "
          + "press Ctrl-C again to stop at once")
    }
    pool(at: snapshot)
  }

  /// Renews the live lines, or now and then writes a plain one.
  public func pool(at snapshot: PoolSnapshot) {
    guard verbosity == .normal else { return }
    if lastTime == -Double.infinity && !terminal.isLive { lastTime = snapshot.seconds }
    let interval = terminal.isLive ? Self.liveInterval : Self.plainInterval
    guard snapshot.seconds - lastTime >= interval else { return }
    lastTime = snapshot.seconds
    terminal.isLive ? draw(snapshot) : writePlain(snapshot)
  }

  /// Takes the live lines away.
  public func poolEnded(snapshot: PoolSnapshot) {
    let text = erasing()
    if !text.isEmpty { write(text) }
    shown = []
  }

  private func draw(_ snapshot: PoolSnapshot) {
    let (columns, rows) = size()
    let lines = ProgressFrame.lines(
      snapshot, noun: noun, terminal: terminal, columns: columns, rows: rows)
    write(erasing() + lines.map { $0 + "\n" }.joined())
    shown = lines
  }

  private func writePlain(_ snapshot: PoolSnapshot) {
    let running = snapshot.workers.map { worker in
      worker.label + (worker.progress.map { " (\(ProgressFrame.detail($0)))" } ?? "")
    }
    write("\(ProgressFrame.summary(snapshot, noun: noun)): \(running.joined(separator: ", "))\n")
  }

  /// Goes to the first live line and clears from there on, counting lines that a narrower screen
  /// has wrapped.
  private func erasing() -> String {
    guard !shown.isEmpty else { return "" }
    let columns = max(1, size().columns)
    let rows = shown.reduce(0) { $0 + max(1, ($1.count + columns - 1) / columns) }
    return "\u{1B}[\(rows)A\r\u{1B}[J"
  }

  private func colour(_ text: String, _ code: Int) -> String {
    terminal.hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
