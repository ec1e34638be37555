import Foundation
import RunStore

/// How many images a second several numbers of workers trained together on this machine, as `make bench-workers` measured.
///
/// It is kept in `$XDG_STATE_HOME/plumbline/workers.json` (`~/.local/state` where that is not set), and decides how many
/// workers there are when nobody says. Every worker has one tensor thread then: with more, results would differ between
/// machines in their last bits.
public struct WorkerMeasurement: Codable, Hashable, Sendable {
  /// One arrangement.
  public struct Rate: Codable, Hashable, Sendable {
    /// Worker processes.
    public var workers: Int
    /// Tensor threads of each.
    public var threads: Int
    /// Images that all together trained a second.
    public var imagesPerSecond: Double

    /// Creates a rate.
    public init(workers: Int, threads: Int, imagesPerSecond: Double) {
      self.workers = workers
      self.threads = threads
      self.imagesPerSecond = imagesPerSecond
    }
  }

  /// The processor's name and the number of its cores, which say whether the measurement is of this machine.
  public var processor: String
  /// The cores that this process may use.
  public var cores: Int
  /// The arrangements.
  public var rates: [Rate]

  /// Creates a measurement.
  public init(processor: String, cores: Int, rates: [Rate]) {
    self.processor = processor
    self.cores = cores
    self.rates = rates
  }

  /// The share of the best rate that is as good as it; within it, fewer workers take less memory.
  private static let tolerance = 0.97

  /// The number of workers with one thread each that trained most, or nearly most with fewer of them; nil when no arrangement
  /// has one thread.
  public var bestWorkers: Int? {
    let single = rates.filter { $0.threads == 1 }
    guard let best = single.map(\.imagesPerSecond).max() else { return nil }
    return single.filter { $0.imagesPerSecond >= Self.tolerance * best }.map(\.workers).min()
  }

  /// Where the measurement is kept.
  public static var file: URL {
    let environment = ProcessInfo.processInfo.environment
    // A relative folder there is to be ignored (XDG Base Directory Specification).
    let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"] ?? NSHomeDirectory()
    return URL(fileURLWithPath: state ?? home + "/.local/state", isDirectory: true)
      .appendingPathComponent("plumbline/workers.json")
  }

  /// The stored measurement, if it is of a machine with this processor and number of cores.
  public static func stored(processor: String, cores: Int) -> WorkerMeasurement? {
    guard let data = try? AtomicFile.contents(of: file),
      let found = try? JSONDecoder().decode(WorkerMeasurement.self, from: data),
      found.processor == processor, found.cores == cores
    else { return nil }
    return found
  }

  /// Keeps the measurement.
  ///
  /// - Throws: ``FileSystemError`` when the file cannot be written.
  public func store() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try AtomicFile.write(try encoder.encode(self) + Data("\n".utf8), to: Self.file)
  }
}
