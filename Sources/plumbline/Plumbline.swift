import ArgumentParser
import Reproduction

/// The engine of the reproductions on a user's own question.
struct Plumbline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plumbline",
    abstract: "Learning with noisy labels: losses, label noise, single runs and the store of runs.",
    subcommands: [
      LossCommand.self, NoiseCommand.self, TrainCommand.self, ForecastCellCommand.self,
      RunsCommand.self, WorkerCommand.self,
    ])
}

@main
enum Main {
  static func main() { CommandLineProgram.execute(Plumbline.self, name: "plumbline") }
}
