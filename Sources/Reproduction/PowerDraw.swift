import Foundation
import Torch

/// The electric power that a busy worker draws, and how that is known.
public struct PowerDraw: Codable, Hashable, Sendable {
  /// Watts of one busy worker.
  public let watts: Double
  /// How they are known, for example `assumed 12 W a busy core`.
  public let basis: String

  /// What a busy core is taken to draw where nothing measures it: the value for any processor in the Green Algorithms
  /// calculator, near the middle of its table of design powers by core (4 to 24 W).
  ///
  /// Source: L. Lannelongue, J. Grealey and M. Inouye, "Green Algorithms: quantifying the carbon footprint of computation",
  /// Advanced Science 8, 2021; its table `TDP_cpu.csv`, row `Any`.
  public static let assumedWattsOfCore = 12.0
  /// The same of a GPU: row `Any` of its table `TDP_gpu.csv`.
  public static let assumedWattsOfGPU = 200.0

  /// Creates a power that is known.
  public init(watts: Double, basis: String) {
    precondition(watts > 0, "\(watts) W")
    self.watts = watts
    self.basis = basis
  }

  /// Measures a worker's power where the machine offers it, and assumes it elsewhere.
  ///
  /// - Parameters:
  ///   - device: Where the worker works; one on a GPU keeps a core busy too.
  ///   - threads: The tensor threads of the worker.
  ///   - meter: The processor's energy counters.
  public init(of device: Device, threads: Int, meter: EnergyMeter = EnergyMeter()) {
    let cores = Double(max(1, threads))
    let measured = meter.wattsOfBusyCore()
    let core = measured ?? Self.assumedWattsOfCore
    let basis =
      measured == nil
      ? "assumed \(Self.text(core)) W a busy core"
      : "measured: \(Self.text(core)) W a busy core, with its share of the idle processor"
    guard case .cuda = device else {
      self.init(watts: core * cores, basis: basis)
      return
    }
    let limit = Self.powerLimitOfGPU()
    self.init(
      watts: (limit ?? Self.assumedWattsOfGPU) + core,
      basis: limit.map { "the GPU's power limit of \(Self.text($0)) W, by nvidia-smi" }
        ?? "assumed \(Self.text(Self.assumedWattsOfGPU)) W a GPU; " + basis)
  }

  /// The energy of seconds of one worker's work, in kWh.
  public func kilowattHours(seconds: Double) -> Double { watts * seconds / 3.6e6 }

  /// An energy with two significant digits, in kWh.
  public static func text(kilowattHours energy: Double) -> String {
    guard energy > 0 else { return "0 kWh" }
    let digits = max(0, 1 - Int(log10(energy).rounded(.down)))
    return String(format: "%.\(min(digits, 9))f kWh", energy)
  }

  private static func text(_ watts: Double) -> String {
    watts == watts.rounded() ? String(Int(watts)) : String(format: "%.1f", watts)
  }

  /// The largest power limit of the GPUs that are seen; nil where nvidia-smi says none.
  private static func powerLimitOfGPU() -> Double? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "nvidia-smi", "--query-gpu=power.limit", "--format=csv,noheader,nounits",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return limit(in: String(decoding: data, as: UTF8.self))
  }

  /// The largest number of a list with one number a line; nil without a positive one.
  static func limit(in text: String) -> Double? {
    text.split(whereSeparator: \.isNewline)
      .compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }.filter { $0 > 0 }.max()
  }
}
