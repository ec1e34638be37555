import ArgumentParser
import Foundation
import Models
import NN
import Torch

// Images per second of training steps, and of plain PyTorch on the same model and batch in the same call.

/// Measures training throughput, beside plain PyTorch when a Python with it is named.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plumbline-bench",
    abstract: "Images per second of training, beside plain PyTorch with --python.",
    subcommands: [StatisticsBench.self, GrowthPlot.self, WorkersBench.self, SchedulingBench.self])

  @Option(help: "Where to train: auto, cpu, cuda or cuda:N.")
  var device = "cpu"

  @Option(help: "A Python with PyTorch, to compare with.")
  var python: String?

  @Option(help: "Tensor threads; all cores when not given.")
  var threads: Int?

  @Option(help: "Timed steps of the ResNet-18; the quick network takes 40 times as many.")
  var steps = 6

  private static let quickFactor = 40

  private struct Workload {
    let name: String
    let model: ModelConfiguration
    let shape: [Int]
    let steps: Int
    /// What the peer script builds the same model from.
    let peerDescription: String
  }

  func run() throws {
    let device = try Device(parsing: device)
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    Runtime.threads = threads
    Runtime.keepFreedMemory()
    let workloads = [
      Workload(
        name: "resnet18", model: .resNet18, shape: [3, 32, 32], steps: steps,
        peerDescription: #"{"model":"resnet18"}"#),
      Workload(
        name: "small-cnn", model: .smallCNN(channels: [8, 16], hidden: 128), shape: [1, 28, 28],
        steps: steps * Self.quickFactor,
        peerDescription:
          #"{"model":"small-cnn","channels":[8,16],"hidden":[128],"hidden_batch_norm":true}"#),
    ]
    Self.show(
      "libtorch \(Runtime.version), \(device), \(threads) thread(s), batch \(Self.batchSize)")
    // bfloat16 comes last: a processor without instructions for it takes minutes.
    var peers: [String: Double] = [:]
    for precision in Precision.allCases {
      for workload in workloads {
        if let python, peers[workload.name] == nil {
          let peer = try peerRate(workload, python: python, threads: threads, device: device)
          peers[workload.name] = peer
          Self.show(
            String(format: "%@ plain PyTorch float32 NCHW: %.1f images/s", workload.name, peer))
        }
        let rate = Self.imagesPerSecond(workload, precision: precision, on: device)
        var line = String(
          format: "%@ %@: %.1f images/s", workload.name, precision.rawValue, rate)
        if let peer = peers[workload.name] { line += String(format: ", ratio %.2f", rate / peer) }
        Self.show(line)
      }
    }
  }

  /// Shows a result as soon as it is there, in a file too.
  private static func show(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  private static let batchSize = 128

  private static func imagesPerSecond(
    _ workload: Workload, precision: Precision, on device: Device
  ) -> Double {
    var step = TrainingStep(
      model: workload.model, shape: workload.shape, batchSize: batchSize, precision: precision,
      on: device)
    for _ in 0..<2 { step() }
    device.synchronize()
    let start = ContinuousClock.now
    for _ in 0..<workload.steps { step() }
    device.synchronize()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return Double(batchSize * workload.steps) / seconds
  }

  /// Images per second of the committed peer script on the same model.
  private func peerRate(
    _ workload: Workload, python: String, threads: Int, device: Device
  ) throws -> Double {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [
      "benchmarks/pytorch_peer.py", "--threads", String(threads), "--steps", String(workload.steps),
      "--warmup", "2", "--device", device == .cpu ? "cpu" : "cuda", workload.peerDescription,
    ]
    let output = Pipe()
    process.standardOutput = output
    do {
      try process.run()
    } catch {
      throw ValidationError("\(python) cannot be started: \(error.localizedDescription)")
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    struct Line: Decodable {
      var images_per_second: Double
    }
    let last = String(decoding: data, as: UTF8.self).split(separator: "\n").last ?? ""
    guard process.terminationStatus == 0,
      let line = try? JSONDecoder().decode(Line.self, from: Data(last.utf8))
    else {
      throw ValidationError(
        "\(python) benchmarks/pytorch_peer.py gave no result; it needs PyTorch, and the project's folder "
          + "as working directory")
    }
    return line.images_per_second
  }
}
