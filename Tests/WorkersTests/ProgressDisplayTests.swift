import Foundation
import Testing
import Workers

@Suite struct ProgressDisplayTests {
  private let live = Terminal(isLive: true, hasColour: false, isUnicode: false)
  private let plain = Terminal(isLive: false, hasColour: false, isUnicode: false)

  private func snapshot(
    seconds: Double, workers count: Int = 2, finished: Int = 3
  ) -> PoolSnapshot {
    let workers = (1...count).map { number in
      PoolSnapshot.Worker(
        number: number, label: "ce symmetric-50 seed \(number)",
        progress: number == 1
          ? WorkProgress(epoch: 3, epochs: 10, loss: 1.23456, imagesPerSecond: 5_432.1) : nil,
        seconds: 4)
    }
    return PoolSnapshot(
      total: 40, finished: finished, failed: 1, skipped: 0, workers: workers, fraction: 0.25,
      secondsLeft: 250, seconds: seconds, isStopping: false)
  }

  /// A screen that understands what the display writes.
  private final class Screen {
    var lines: [String] = [""]
    var row = 0
    var writes = 0
    var raw = ""

    func write(_ text: String) {
      writes += 1
      raw += text
      var rest = Substring(text)
      while let character = rest.popFirst() {
        if character == "\n" {
          row += 1
          if row == lines.count { lines.append("") }
        } else if character == "\u{1B}" {
          rest = rest.dropFirst()
          let number = rest.prefix { $0.isNumber }
          rest = rest.dropFirst(number.count)
          let command = rest.popFirst()
          if command == "A" { row -= Int(number) ?? 1 }
          if command == "J" { lines = Array(lines[..<row]) + [""] }
        } else if character != "\r" {
          lines[row].append(character)
        }
      }
    }
  }

  private func display(
    _ terminal: Terminal, _ screen: Screen, verbosity: ProgressDisplay.Verbosity = .normal,
    columns: Int = 100, rows: Int = 24
  ) -> ProgressDisplay {
    ProgressDisplay(
      noun: "cells", verbosity: verbosity, terminal: terminal, size: { (columns, rows) },
      write: { screen.write($0) })
  }

  @Test func liveLinesRenewThemselves() {
    let screen = Screen()
    let display = display(live, screen)
    display.pool(at: snapshot(seconds: 1))
    display.pool(at: snapshot(seconds: 2))
    #expect(
      screen.lines == [
        "[######------------------] 4/40 cells, 1 failed, about 4 min 10 s left",
        "  1 ce symmetric-50 seed 1  train 3/10  loss 1.235  5432 images/s",
        "  2 ce symmetric-50 seed 2  starting, 4 s", "",
      ])
    display.pool(did: .finished(label: "apl", seconds: 61), snapshot: snapshot(seconds: 2.01))
    #expect(screen.lines.first == "[4/40] done apl in 1 min 01 s")
    #expect(screen.lines.count == 5)
    display.poolEnded(snapshot: snapshot(seconds: 3))
    #expect(screen.lines == ["[4/40] done apl in 1 min 01 s", ""])
  }

  @Test func atMostTenDrawingsASecond() {
    let screen = Screen()
    let display = display(live, screen)
    for step in 0..<1_000 { display.pool(at: snapshot(seconds: Double(step) / 1_000)) }
    #expect(screen.writes <= 11)
  }

  @Test(arguments: [1, 5, 20, 30, 60, 200], [1, 3, 24])
  func linesFitTheScreen(_ columns: Int, _ rows: Int) {
    let screen = Screen()
    let display = display(live, screen, columns: columns, rows: rows)
    display.pool(at: snapshot(seconds: 1, workers: 30))
    #expect(screen.lines.allSatisfy { $0.count <= max(1, columns - 1) })
    #expect(screen.lines.count <= rows + 1)
  }

  @Test func plainLinesHaveNoControlCharacters() {
    let screen = Screen()
    let display = display(plain, screen)
    for step in 0..<100 { display.pool(at: snapshot(seconds: Double(step))) }
    display.pool(did: .finished(label: "apl", seconds: 61), snapshot: snapshot(seconds: 100))
    display.poolEnded(snapshot: snapshot(seconds: 100))
    #expect(!screen.raw.contains("\u{1B}") && !screen.raw.contains("\r"))
    #expect(screen.writes == 4)
    #expect(
      screen.raw.hasSuffix(
        "[4/40] done apl in 1 min 01 s; 4/40 cells, 1 failed, about 4 min 10 s left\n"))
  }

  @Test func quietShowsFailuresOnly() {
    let screen = Screen()
    let display = display(live, screen, verbosity: .quiet)
    display.pool(at: snapshot(seconds: 1))
    display.pool(did: .finished(label: "apl", seconds: 61), snapshot: snapshot(seconds: 2))
    display.pool(
      did: .failed(
        label: "ce",
        WorkFailure(cause: .nonFinite, message: "loss is nan", lastLines: ["a", "b", "c", "d"])),
      snapshot: snapshot(seconds: 3))
    #expect(
      screen.lines == [
        "[4/40] failed ce: non-finite: loss is nan", "    | b", "    | c", "    | d", "",
      ])
  }

  @Test func environmentDecides() {
    func terminal(_ environment: [String: String], isTerminal: Bool = true) -> Terminal {
      Terminal(isTerminal: isTerminal, environment: environment)
    }
    let normal = ["TERM": "xterm", "LANG": "en_GB.UTF-8"]
    #expect(terminal(normal) == Terminal(isLive: true, hasColour: true, isUnicode: true))
    #expect(!terminal(normal, isTerminal: false).isLive)
    #expect(!terminal(normal, isTerminal: false).hasColour)
    #expect(!terminal(["TERM": "dumb"]).isLive)
    #expect(!terminal([:]).isLive)
    #expect(!terminal(normal.merging(["NO_COLOR": "1"]) { $1 }).hasColour)
    #expect(terminal(normal.merging(["NO_COLOR": ""]) { $1 }).hasColour)
    #expect(!terminal(normal.merging(["LC_ALL": "C"]) { $1 }).isUnicode)
  }

  @Test func durations() {
    let expected = [
      (0.2, "0 s"), (59.4, "59 s"), (60, "1 min 00 s"), (3_599, "59 min 59 s"),
      (3_600, "1 h 00 min"), (90_000, "1 d 01 h"), (-5, "0 s"), (.infinity, "a long time"),
      (.nan, "a long time"),
    ]
    for (seconds, text) in expected { #expect(DurationText.short(seconds: seconds) == text) }
  }
}
