import ArgumentParser
import RunStore
import Torch

/// The option that says what a worker draws, for forecasts of energy.
public struct EnergyOptions: ParsableArguments {
  @Option(
    help:
      "Watts that a busy worker draws; measured when not given, or taken as 12 a core and 200 a GPU."
  )
  var watts: Double?

  /// Creates the options' defaults.
  public init() {}

  /// The same options as arguments of another process.
  var arguments: [String] { watts.map { ["--watts", String($0)] } ?? [] }

  /// What a busy worker draws.
  ///
  /// - Throws: ``EnergyError`` for a power that is not positive.
  func draw(of device: Device, threads: Int) throws -> PowerDraw {
    guard let watts else { return PowerDraw(of: device, threads: threads) }
    guard watts > 0, watts.isFinite else { throw EnergyError(watts: watts) }
    return PowerDraw(watts: watts, basis: "\(watts.formatted()) W a worker, as given")
  }
}

/// A power that no worker draws.
struct EnergyError: ReportableError, Hashable {
  let watts: Double

  var message: String { "bad power \(watts) W: expected a number above zero, such as 12" }
  var exitStatus: ExitStatus { .usage }
}
