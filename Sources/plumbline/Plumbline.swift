import ArgumentParser
import Reproduction

/// The engine of the reproductions on a user's own question.
struct Plumbline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plumbline",
    abstract:
      "Learning with noisy labels: losses, label noise, single runs, the store of runs, statistics.",
    subcommands: [
      LossCommand.self, NoiseCommand.self, TrainCommand.self, ForecastCellCommand.self,
      RunsCommand.self, NextCommand.self, KolmogorovSmirnovCommand.self, MixtureCommand.self,
      MutualInformationCommand.self, NeighborsCommand.self, PrincipalComponentsCommand.self,
      EmbeddingCommand.self, DoctorCommand.self, WorkerCommand.self,
    ])
}

@main
enum Main {
  static func main() { CommandLineProgram.execute(Plumbline.self, name: "plumbline") }
}
