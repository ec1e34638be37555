import ArgumentParser
import Experiments
import Foundation
import Torch
import Workers

/// Measures how many images a second N workers with one thread train together, beside one worker with N threads.
struct WorkersBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workers",
    abstract: "Images per second of several workers together; the best number becomes the default.",
    subcommands: [Share.self])

  @Option(help: "Seconds that each arrangement trains.")
  var seconds = 8.0

  @Option(help: "How often each arrangement is measured; the best counts.")
  var rounds = 2

  @Flag(inversion: .prefixedNo, help: "Whether the result decides the default number of workers.")
  var store = true

  func validate() throws {
    guard seconds > 0, seconds <= 600, (1...100).contains(rounds) else {
      throw ValidationError("expected --seconds in (0, 600] and --rounds in 1...100")
    }
  }

  func run() throws {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let processor = ProvenanceCollector.processorName()
    var rates = Self.arrangements(cores: cores).map {
      WorkerMeasurement.Rate(workers: $0.workers, threads: $0.threads, imagesPerSecond: 0)
    }
    // Rounds go through all arrangements, so that a slow minute of the machine meets all of them.
    for _ in 0..<rounds {
      for index in rates.indices {
        let rate = try together(rates[index])
        rates[index].imagesPerSecond = max(rates[index].imagesPerSecond, rate)
      }
    }
    let measurement = WorkerMeasurement(processor: processor, cores: cores, rates: rates)
    let single = rates.first { $0.workers == 1 && $0.threads == 1 }?.imagesPerSecond ?? .nan
    print(
      "\(processor), \(cores) core(s), the quick profile's network, float32, batch \(Share.batchSize)"
    )
    for rate in rates {
      print(
        String(
          format: "%3d x %d thread(s)  %8.0f images/s  %.2f of 1 x 1", rate.workers, rate.threads,
          rate.imagesPerSecond, rate.imagesPerSecond / single))
    }
    if store, let best = measurement.bestWorkers {
      try measurement.store()
      print("default from now on: \(best) worker(s); kept in \(WorkerMeasurement.file.path)")
    }
  }

  /// One worker with one thread; N with one thread for powers of two and all cores; one with N threads.
  private static func arrangements(cores: Int) -> [(workers: Int, threads: Int)] {
    let powers = sequence(first: 1) { $0 * 2 }.prefix { $0 < cores }
    let counts = Array(powers) + [cores]
    return counts.map { ($0, 1) } + (cores > 1 ? [(1, cores)] : [])
  }

  /// Images a second of one arrangement: the processes get ready, then all train at the same time.
  private func together(_ rate: WorkerMeasurement.Rate) throws -> Double {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let children = try (0..<rate.workers).map { _ in
      let child = Process()
      child.executableURL = own
      child.arguments = [
        "workers", "share", String(rate.threads), String(seconds),
      ]
      child.environment = ProcessInfo.processInfo.environment.merging([
        "OMP_NUM_THREADS": String(rate.threads), "OMP_WAIT_POLICY": "passive",
      ]) { $1 }
      let (input, output) = (Pipe(), Pipe())
      child.standardInput = input
      child.standardOutput = output
      try child.run()
      return (child, input.fileHandleForWriting, output.fileHandleForReading)
    }
    for (_, _, output) in children { _ = output.availableData }
    for (_, input, _) in children { try input.write(contentsOf: Data("go\n".utf8)) }
    return try children.reduce(0) { sum, member in
      let text = String(decoding: member.2.readDataToEndOfFile(), as: UTF8.self)
      member.0.waitUntilExit()
      guard let rate = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
        throw ValidationError("a worker of the measurement ended without a number")
      }
      return sum + rate
    }
  }

  /// One process of an arrangement: says when it is ready, waits for a line, trains, and prints images a second.
  struct Share: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "share", shouldDisplay: false)
    static let batchSize = 128

    // Options of these names belong to the commands above.
    @Argument var threads: Int
    @Argument var seconds: Double

    func run() throws {
      Runtime.threads = threads
      Runtime.keepFreedMemory()
      var step = TrainingStep(
        model: .smallCNN(channels: [8, 16], hidden: 128), shape: [1, 28, 28],
        batchSize: Self.batchSize, precision: .float32, on: .cpu)
      for _ in 0..<3 { step() }
      FileHandle.standardOutput.write(Data("ready\n".utf8))
      _ = readLine()
      let start = ContinuousClock.now
      var steps = 0
      while (ContinuousClock.now - start) / .seconds(1) < seconds {
        step()
        steps += 1
      }
      let elapsed = (ContinuousClock.now - start) / .seconds(1)
      print(Double(steps * Self.batchSize) / elapsed)
    }
  }
}
