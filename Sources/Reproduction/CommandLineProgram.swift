import ArgumentParser
import Foundation
import RunStore

/// A command line whose errors are one line each, with the exit status that they name.
public enum CommandLineProgram {
  /// Runs the command line of this process and ends it.
  ///
  /// Bad arguments end with status 64. Other errors print one line and end with the status that they name.
  public static func execute(_ command: any ParsableCommand.Type, name: String) -> Never {
    do {
      var command = try command.parseAsRoot()
      try command.run()
    } catch let error as any ReportableError {
      stop(ErrorReport(error), name: name)
    } catch  where command.exitCode(for: error) == .failure && !(error is ExitCode) {
      stop(ErrorReport(error), name: name)
    } catch {
      command.exit(withError: error)
    }
    Foundation.exit(ExitStatus.success.rawValue)
  }

  private static func stop(_ report: ErrorReport, name: String) -> Never {
    FileHandle.standardError.write(Data("\(name): \(report.message)\n".utf8))
    Foundation.exit(report.exitStatus.rawValue)
  }
}
