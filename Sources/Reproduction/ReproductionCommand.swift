import ArgumentParser

/// The command line of a reproduction: `list`, `forecast`, `run`, `render`, `check` and `cell`.
public struct ReproductionCommand<Item: Reproduction>: ParsableCommand {
  /// Name, summary and subcommands.
  public static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Item.identifier, abstract: Item.title,
      subcommands: [
        ListCommand<Item>.self, ForecastCommand<Item>.self, RunCommand<Item>.self,
        RenderCommand<Item>.self,
        CheckCommand<Item>.self, CellCommand<Item>.self, NextCommand<Item>.self, WorkerCommand.self,
        TaskCommand.self,
      ], defaultSubcommand: RunCommand<Item>.self)
  }

  /// Creates the command.
  public init() {}

  /// Runs the command line of this process and ends it; see ``CommandLineProgram``.
  public static func execute() -> Never {
    CommandLineProgram.execute(Self.self, name: Item.identifier)
  }
}
