/// `SIGKILL` to launcher and workers at random instants, up to three times in a row; in some trials to the launcher alone.
struct Kill: Fault {
  var name: String { "kill" }
  var meaning: String { "SIGKILL of all processes or of the launcher, once to three times" }
  var share: Int { 46 }

  func strike(_ trial: Trial) throws {
    let times = trial.chance.happens(0.6) ? 1 : trial.chance.happens(0.6) ? 2 : 3
    for _ in 0..<times {
      let sparesWorkers = trial.chance.happens(0.2)
      let moment = trial.randomMoment()
      guard try trial.startAndKill(at: moment, sparesWorkers: sparesWorkers) else { return }
      try trial.expectNothingLost()
    }
  }
}
