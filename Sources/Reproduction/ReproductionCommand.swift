import ArgumentParser
import Foundation
import RunStore

/// The command line of a reproduction: `list`, `run`, `render`, `check` and `cell`.
public struct ReproductionCommand<Item: Reproduction>: ParsableCommand {
  /// Name, summary and subcommands.
  public static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Item.identifier, abstract: Item.title,
      subcommands: [
        ListCommand<Item>.self, RunCommand<Item>.self, RenderCommand<Item>.self,
        CheckCommand<Item>.self, CellCommand<Item>.self, WorkerCommand.self,
      ], defaultSubcommand: RunCommand<Item>.self)
  }

  /// Creates the command.
  public init() {}

  /// Runs the command line of this process and ends it.
  ///
  /// Bad arguments end with status 64. Other errors print one line and end with the status that they name.
  public static func execute() -> Never {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as any ReportableError {
      stop(ErrorReport(error))
    } catch  where exitCode(for: error) == .failure && !(error is ExitCode) {
      stop(ErrorReport(error))
    } catch {
      exit(withError: error)
    }
    Foundation.exit(ExitStatus.success.rawValue)
  }

  private static func stop(_ report: ErrorReport) -> Never {
    FileHandle.standardError.write(Data("\(Item.identifier): \(report.message)\n".utf8))
    Foundation.exit(report.exitStatus.rawValue)
  }
}
