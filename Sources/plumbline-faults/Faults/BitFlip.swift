/// One flipped bit in any kind of file, of a finished store or of one whose work was killed.
struct BitFlip: Fault {
  var name: String { "flip" }
  var meaning: String { "one bit of one file flipped, of each kind of file" }
  var share: Int { 10 }

  func selection(_ chance: inout Chance) -> Selection { chance.happens(0.6) ? .echo : .plain }

  func strike(_ trial: Trial) throws {
    // A damaged lease may have to run out.
    trial.environment = PausedWorker.shortLease
    if trial.chance.happens(0.5) {
      try trial.copyFinishedStore()
    } else {
      try trial.startAndKill(at: trial.randomMoment())
    }
    let files = trial.contents.files
    guard
      let role = trial.chance.one(of: StoreContents.Role.allCases.filter { files[$0] != nil }),
      let file = trial.chance.one(of: files[role] ?? [])
    else { return }
    try FileDamage(flipping: file, role: role, chance: &trial.chance)?.strike(trial)
  }
}
