import ArgumentParser
import Foundation
import Reproduction
import RunStore
import Torch

/// Looks at everything that a run depends on, and says what is wrong.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look at libtorch, machine, data, disk, repeatability and speed; say what is wrong.",
    discussion:
      "Ends with 0 when nothing fails, 69 when libtorch or the device is unusable, 65 when data are "
      + "damaged, and 1 when anything else fails. Data that are not there are no failure.")

  @Option(help: "Where to train: auto, cpu, cuda or cuda:N.")
  var device = "auto"

  @Option(help: "The folder of the data files, instead of each data set's usual place.")
  var dataDir: String?

  @Option(help: "The folder of runs.")
  var store = "runs"

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let machine = DoctorMachine()
    let inherited = Runtime.threads
    // As workers do: one thread, and memory kept.
    Runtime.threads = 1
    Runtime.keepFreedMemory()
    var report = DoctorReport()
    report.findings = [
      Self.libtorch(), Self.threads(inherited, machine), Self.processor(machine),
      Self.memory(machine), Self.cards(machine),
    ]
    let found = try Self.checked(device)
    report.findings.append(found.finding)
    report.findings += DoctorData(
      folder: dataDir.map { URL(fileURLWithPath: $0, isDirectory: true) }
    ).findings()
    report.findings += DoctorStore(folder: URL(fileURLWithPath: store, isDirectory: true))
      .findings()
    if let device = found.device {
      let training = DoctorTraining(device: device, machine: machine)
      let determinism = training.determinism()
      report.findings.append(determinism)
      if determinism.failure != .unavailable { report.findings.append(training.speed()) }
    }
    Console.result(json ? try report.json() : report.text)
    throw ExitCode(report.status.rawValue)
  }

  /// A number of bytes for people.
  static func size(_ bytes: Int) -> String {
    bytes < 1 << 30
      ? String(format: "%.0f MB", Double(bytes) / 1e6)
      : String(format: "%.1f GB", Double(bytes) / 1e9)
  }

  // MARK: Parts

  private static func libtorch() -> DoctorFinding {
    let build = Runtime.buildText
    func line(_ start: String) -> String? {
      build.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        .first { $0.lowercased().hasPrefix(start) }
        .map { String($0.dropFirst($0.hasPrefix("- ") ? 2 : 0)) }
    }
    let parts = [
      line("- gcc").map { "built with \($0)" }, line("- openmp"), line("- cpu capability usage"),
      build.contains("USE_MKLDNN=ON") ? "oneDNN" : nil,
      build.contains("USE_CUDA=ON") ? "CUDA" : "no CUDA",
    ].compactMap { $0 }
    return DoctorFinding(
      "libtorch", .ok, ([Runtime.version] + parts).joined(separator: ", "),
      facts: [
        "version": .string(Runtime.version), "build": .string(build),
        "parallel": .string(Runtime.parallelText),
      ])
  }

  private static func threads(_ inherited: Int, _ machine: DoctorMachine) -> DoctorFinding {
    let cores = machine.cores
    let names = ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"]
    let environment = ProcessInfo.processInfo.environment
    let variables = names.compactMap { name in environment[name].map { "\(name)=\($0)" } }
    return DoctorFinding(
      "threads", .ok,
      "one a worker, one worker a core (\(cores)); libtorch began with \(inherited)"
        + (variables.isEmpty ? "" : ", under " + variables.joined(separator: ", ")),
      facts: ["ofLibtorch": .integer(inherited), "cores": .integer(cores)])
  }

  private static func processor(_ machine: DoctorMachine) -> DoctorFinding {
    let sets = machine.instructionSets
    let clock = machine.megahertz.map { String(format: " at %.2f GHz", $0 / 1000) } ?? ""
    let there = sets.filter(\.isThere).map(\.name)
    let absent = sets.filter { !$0.isThere }.map(\.name)
    var parts = ["\(machine.processor), \(machine.cores) core(s)\(clock)"]
    if !there.isEmpty { parts.append("has " + there.joined(separator: ", ")) }
    if !absent.isEmpty { parts.append("without " + absent.joined(separator: ", ")) }
    var text = parts.joined(separator: "; ")
    if let limit = machine.processorLimit {
      text += String(format: "; limited to %.2f cores by its control group", limit)
    }
    let isX86 = !machine.read("/proc/cpuinfo").isEmpty && machine.processor != "unknown processor"
    let hasAVX2 = sets.contains { $0.name == "AVX2" && $0.isThere }
    return DoctorFinding(
      "processor", isX86 && !hasAVX2 ? .warn : .ok, text,
      facts: [
        "name": .string(machine.processor), "cores": .integer(machine.cores),
        "instructionSets": .array(there.map { .string($0) }),
        "coreLimit": machine.processorLimit.map { .number($0) } ?? .null,
      ])
  }

  private static func memory(_ machine: DoctorMachine) -> DoctorFinding {
    guard let memory = machine.memory else {
      return DoctorFinding("memory", .warn, "the system does not tell how much there is")
    }
    let limit = machine.memoryLimit
    // A worker of the quick profile takes about a third of a gigabyte.
    let enough = min(memory.available, limit ?? .max) >= machine.cores * (400 << 20)
    var text = "\(size(memory.total)), \(size(memory.available)) of it free"
    text += limit.map { "; limited to \(size($0)) by a control group" } ?? "; no limit below that"
    if !enough { text += "; little for one worker a core: use fewer with --jobs" }
    return DoctorFinding(
      "memory", enough ? .ok : .warn, text,
      facts: [
        "totalBytes": .integer(memory.total), "availableBytes": .integer(memory.available),
        "limitBytes": limit.map { .integer($0) } ?? .null,
      ])
  }

  private static func cards(_ machine: DoctorMachine) -> DoctorFinding {
    let cards = machine.graphicsCards
    let usable = Device.cudaDeviceCount()
    let facts: [String: JSONValue] = [
      "cards": .array(cards.map { .string($0) }), "usable": .integer(usable),
    ]
    if cards.isEmpty, usable == 0 { return DoctorFinding("gpu", .ok, "none", facts: facts) }
    let names = cards.isEmpty ? "\(usable) CUDA device(s)" : cards.joined(separator: ", ")
    guard usable > 0 else {
      return DoctorFinding(
        "gpu", .warn,
        "\(names): this libtorch cannot use it; build with TORCH_HOME pointing at a CUDA build of "
          + "PyTorch", facts: facts)
    }
    return DoctorFinding("gpu", .ok, "\(names); \(usable) usable", facts: facts)
  }

  /// The device that was asked for, once it has computed something.
  ///
  /// - Throws: ``DeviceError`` for a name that is none.
  private static func checked(
    _ name: String
  ) throws -> (device: Device?, finding: DoctorFinding) {
    do {
      let device = try Device(parsing: name)
      // A device can be listed and yet be unusable.
      let sum = try withTorchErrors {
        Tensor.full(1, shape: [1000], on: device).sum(along: [0]).item()
      }
      guard sum == 1000 else {
        return (
          nil,
          DoctorFinding(
            "device", .fail, "\(device): the sum of 1000 ones is \(sum)", failure: .unavailable)
        )
      }
      return (
        device,
        DoctorFinding(
          "device", .ok, "\(device), as \(name) asks for",
          facts: ["asked": .string(name), "device": .string(device.description)])
      )
    } catch let error as DeviceError {
      if case .unknown = error { throw error }
      return (
        nil,
        DoctorFinding(
          "device", .fail, "\(error)", facts: ["asked": .string(name)], failure: .unavailable)
      )
    } catch {
      return (
        nil,
        DoctorFinding(
          "device", .fail, "\(error)", facts: ["asked": .string(name)], failure: .unavailable)
      )
    }
  }
}
