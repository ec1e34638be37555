import Foundation

/// What writers leave that die between two steps: hidden half-written files and an unfinished asset, all full of garbage.
struct StrayFiles: Fault {
  var name: String { "stray" }
  var meaning: String { "garbage in half-written files and in the folder of an unfinished asset" }
  var share: Int { 3 }

  func selection(_ chance: inout Chance) -> Selection { .echo }

  func strike(_ trial: Trial) throws {
    try trial.startAndKill(at: trial.randomMoment())
    let manager = FileManager.default
    var strays = ["noise/.labels.csv.4242-1.tmp", "locks/.claim.lock.4242-2.tmp"]
    for key in trial.reference.keys {
      let run = "runs/\(key.text.prefix(2))/\(key.text)"
      for name in ["record.json", "checkpoint.bin", "specification.json"] {
        strays.append("\(run)/.\(name).4242-\(trial.chance.whole(3...99)).tmp")
      }
    }
    let assets = trial.reference.store.appendingPathComponent("assets", isDirectory: true)
    for kind in try manager.contentsOfDirectory(atPath: assets.path).sorted() {
      let folder = assets.appendingPathComponent(kind, isDirectory: true)
      for key in try manager.contentsOfDirectory(atPath: folder.path).sorted()
      where !key.hasPrefix(".")
        && !manager.fileExists(
          atPath: trial.root.appendingPathComponent("assets/\(kind)/\(key)").path)
      {
        for name in ["progress.safetensors", "weights.safetensors", ".weights.4242-1.tmp"] {
          strays.append("assets/\(kind)/.\(key).unfinished/\(name)")
        }
      }
    }
    for path in strays {
      let file = trial.root.appendingPathComponent(path)
      try manager.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let count = trial.chance.whole(0...2000)
      let garbage = (0..<count).map { _ in UInt8.random(in: 0...255, using: &trial.chance) }
      try Data(garbage).write(to: file)
    }
    let report = trial.reports.appendingPathComponent(".\(Selection.report).4194305.new/table.csv")
    try manager.createDirectory(
      at: report.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("no table".utf8).write(to: report)
    try trial.struck()
  }
}
