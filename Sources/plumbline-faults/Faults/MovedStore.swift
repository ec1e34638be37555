import Foundation

/// The store's folder moved elsewhere between two calls, by renaming or by copying.
struct MovedStore: Fault {
  var name: String { "move" }
  var meaning: String { "the store's folder moved or copied to another place between two calls" }
  var share: Int { 2 }

  func strike(_ trial: Trial) throws {
    try trial.startAndKill(at: trial.randomMoment())
    let manager = FileManager.default
    guard manager.fileExists(atPath: trial.root.path) else { return }
    let parent = trial.folder.appendingPathComponent("another place", isDirectory: true)
    try manager.createDirectory(at: parent, withIntermediateDirectories: true)
    let moved = parent.appendingPathComponent("store", isDirectory: true)
    if trial.chance.happens(0.5) {
      try manager.moveItem(at: trial.root, to: moved)
    } else {
      try manager.copyItem(at: trial.root, to: moved)
      try manager.removeItem(at: trial.root)
    }
    trial.root = moved
    try trial.struck()
  }
}
