import Foundation

/// The lines that show a pool's state, as a pure function of the state and the place.
enum ProgressFrame {
  private static let barCells = 24
  private static let labelWidth = 40

  /// At most `rows` lines of at most `columns` characters each.
  static func lines(
    _ snapshot: PoolSnapshot, noun: String, terminal: Terminal, columns: Int, rows: Int
  ) -> [String] {
    var lines = [head(snapshot, noun: noun, terminal: terminal, columns: columns)]
    let shown = max(0, rows - 2)
    let labelWidth = min(labelWidth, snapshot.workers.map(\.label.count).max() ?? 0)
    for worker in snapshot.workers.prefix(shown) {
      lines.append(row(worker, labelWidth: labelWidth))
    }
    if snapshot.workers.count > shown {
      lines.append("  and \(snapshot.workers.count - shown) more workers")
    }
    return lines.prefix(max(1, rows)).map { fit($0, columns: columns) }
  }

  /// `3/40 cells, 1 failed, about 4 min 10 s left`.
  static func summary(_ snapshot: PoolSnapshot, noun: String) -> String {
    var text = "\(snapshot.settled)/\(snapshot.total) \(noun)"
    if snapshot.failed > 0 { text += ", \(snapshot.failed) failed" }
    if snapshot.skipped > 0 { text += ", \(snapshot.skipped) skipped" }
    if snapshot.elsewhere > 0 { text += ", \(snapshot.elsewhere) at work elsewhere" }
    if snapshot.isStopping {
      text += ", stopping"
    } else if snapshot.settled < snapshot.total {
      text += ", about \(DurationText.short(seconds: snapshot.secondsLeft)) left"
    }
    return text
  }

  /// `train epoch 3/10  loss 1.234  5432 images/s`.
  static func detail(_ progress: WorkProgress) -> String {
    var text = "\(progress.stage) \(progress.epoch)/\(progress.epochs)"
    if let loss = progress.loss { text += "  loss \(fixed(loss, places: 3))" }
    if let rate = progress.imagesPerSecond { text += "  \(fixed(rate, places: 0)) images/s" }
    return text
  }

  private static func head(
    _ snapshot: PoolSnapshot, noun: String, terminal: Terminal, columns: Int
  ) -> String {
    let text = summary(snapshot, noun: noun)
    let cells = min(barCells, columns - text.count - 4)
    guard cells >= 5 else { return text }
    let filled = Int((snapshot.fraction * Double(cells)).rounded(.down))
    let (full, empty) = terminal.isUnicode ? ("█", "░") : ("#", "-")
    let bar =
      String(repeating: full, count: max(0, min(cells, filled)))
      + String(repeating: empty, count: cells - max(0, min(cells, filled)))
    return "[\(bar)] \(text)"
  }

  private static func row(_ worker: PoolSnapshot.Worker, labelWidth: Int) -> String {
    let label = String(worker.label.prefix(labelWidth))
    let padding = String(repeating: " ", count: max(0, labelWidth - label.count))
    let state =
      worker.progress.map(detail) ?? "starting, \(DurationText.short(seconds: worker.seconds))"
    return "  \(worker.number) \(label)\(padding)  \(state)"
  }

  /// Cuts a line to the width and takes out what would move the cursor.
  private static func fit(_ line: String, columns: Int) -> String {
    let plain = line.filter { character in
      !character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
    return String(plain.prefix(max(1, columns - 1)))
  }

  private static func fixed(_ value: Double, places: Int) -> String {
    String(format: "%.\(places)f", value)
  }
}
