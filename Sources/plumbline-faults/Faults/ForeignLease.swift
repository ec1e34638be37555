import Foundation
import RunStore

/// Claims of another machine: one that shows no sign of life is succeeded after its lease, one that does is respected until
/// its signs end, and one that nobody can read hinders nobody for long.
struct ForeignLease: Fault {
  private enum Holder: CaseIterable {
    case silent
    case alive
    case unreadable
  }

  private static let leaseSeconds = 2.0
  private static let beatSeconds = 0.3
  private static let beats = 12

  var name: String { "lease" }
  var meaning: String { "claims that another machine left: silent, still alive, or unreadable" }
  var share: Int { 1 }

  func strike(_ trial: Trial) throws {
    trial.environment = PausedWorker.shortLease
    guard let holder = trial.chance.one(of: Holder.allCases),
      let key = trial.chance.one(of: trial.reference.keys)
    else { return }
    let file = trial.root.appendingPathComponent("locks/\(key.text).lock")
    let record = trial.store.folder(of: key).appendingPathComponent("record.json")
    switch holder {
    case .silent: try AtomicFile.write(Self.lease(beat: 1), to: file)
    case .unreadable:
      let count = trial.chance.whole(1...300)
      try AtomicFile.write(
        Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &trial.chance) }), to: file)
    case .alive: try AtomicFile.write(Self.lease(beat: 1), to: file)
    }
    try trial.struck()
    let sitting = try trial.start()
    if holder == .alive {
      for beat in 2...Self.beats {
        // In place, as a holder does it.
        let handle = try FileHandle(forWritingTo: file)
        try handle.write(contentsOf: Self.lease(beat: beat))
        try handle.close()
        guard access(record.path, F_OK) != 0, sitting.poll() == nil else {
          throw TrialProblem("\(key.short) was trained although another machine held its claim")
        }
        _ = try sitting.wait(atMost: Self.beatSeconds) { false }
      }
    }
    try trial.expectSuccess(of: sitting)
    try trial.finished.note(trial.store)
  }

  /// A claim's file as a process of another machine writes it.
  private static func lease(beat: Int) -> Data {
    let counter = String(repeating: "0", count: 20 - String(beat).count) + String(beat)
    return Data(
      (counter + "\n"
        + #"{"holder":{"boot":"7d5f0b1e-1c62-4a62-9d3c-2f6f0c1a9b11","host":"another-machine","#
        + #""namespace":"pid:[4026531836]","process":4242,"started":123456},"#
        + #""seconds":\#(Int(leaseSeconds)),"token":"00c0ffee00c0ffee"}"# + "\n").utf8)
  }
}
