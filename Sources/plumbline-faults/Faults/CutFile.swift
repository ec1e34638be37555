/// A file cut at a random byte, as a loss of power leaves one that was not synchronised; mostly a checkpoint.
struct CutFile: Fault {
  var name: String { "cut" }
  var meaning: String { "a checkpoint or another file cut at a random byte" }
  var share: Int { 4 }

  func strike(_ trial: Trial) throws {
    trial.environment = PausedWorker.shortLease
    try trial.startAndKill(at: .checkpoint(trial.chance.real(0...0.1)))
    let files = trial.contents.files
    let roles = StoreContents.Role.allCases.filter { files[$0] != nil }
    let isCheckpoint = files[.checkpoint] != nil && trial.chance.happens(0.7)
    guard let role = isCheckpoint ? .checkpoint : trial.chance.one(of: roles),
      let file = trial.chance.one(of: files[role] ?? [])
    else { return }
    try FileDamage(cutting: file, role: role, chance: &trial.chance)?.strike(trial)
  }
}
