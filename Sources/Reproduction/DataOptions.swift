import ArgumentParser
import Experiments
import Foundation

/// The options that say where images are read from.
public struct DataOptions: ParsableArguments {
  @Option(help: "The folder of the data files, instead of the data set's usual place.")
  var dataDir: String?

  @Flag(
    help:
      "Take files of a known data set that are not the official ones; every report is marked so.")
  var unverifiedData = false

  @Option(
    help: "The folder of modified images made elsewhere, where a profile has no generator.")
  var echoDir: String?

  /// Creates the options' defaults.
  public init() {}

  /// Where images are read from.
  public var source: DataSource {
    DataSource(
      folder: dataDir.map { URL(fileURLWithPath: $0, isDirectory: true) },
      acceptsUnverified: unverifiedData,
      echoFolder: echoDir.map { URL(fileURLWithPath: $0, isDirectory: true) })
  }
}

extension DataSource {
  /// The same source as arguments of another process.
  var arguments: [String] {
    var arguments: [String] = []
    if let folder { arguments += ["--data-dir", folder.path] }
    if acceptsUnverified { arguments.append("--unverified-data") }
    if let echoFolder { arguments += ["--echo-dir", echoFolder.path] }
    return arguments
  }
}
