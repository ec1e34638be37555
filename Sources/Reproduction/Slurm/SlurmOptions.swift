import ArgumentParser
import RunStore

/// The options that say what a task of a Slurm job array asks for.
public struct SlurmOptions: ParsableArguments, Sendable {
  @Option(name: .customLong("slurm-partition"), help: "The partition.")
  var partition: String?

  @Option(name: .customLong("slurm-account"), help: "The account.")
  var account: String?

  @Option(
    name: .customLong("slurm-time"),
    help: "The time limit of a task, such as 04:00:00; a task that reaches it is continued.")
  var time: String?

  @Option(name: .customLong("slurm-memory"), help: "The memory of a task, such as 8G.")
  var memory: String?

  @Option(name: .customLong("slurm-gpus"), help: "The number of GPUs of a task.")
  var gpus: Int?

  @Option(
    name: .customLong("slurm-limit"), help: "The most tasks of an array that run at a time.")
  var limit: Int?

  @Option(
    name: .customLong("slurm-option"), parsing: .unconditionalSingleValue,
    help: "Another option of sbatch, such as --constraint=a100; repeatable.")
  var others: [String] = []

  @Option(
    name: .customLong("slurm-notice"),
    help:
      "The seconds before the time limit at which a task saves and is put back; more than an epoch takes."
  )
  var notice = 300

  @Option(
    name: .customLong("slurm-array-size"),
    help: "The most tasks of an array; what Slurm's MaxArraySize allows when not given.")
  var arraySize: Int?

  /// Creates the options' defaults.
  public init() {}

  /// Refuses what no script could be written with.
  ///
  /// - Throws: ``SlurmError/badOption(name:value:expected:)``.
  func check() throws {
    for (name, value) in [
      ("--slurm-gpus", gpus), ("--slurm-limit", limit), ("--slurm-array-size", arraySize),
      ("--slurm-notice", notice),
    ] {
      if let value, value < 1 {
        throw SlurmError.badOption(name: name, value: String(value), expected: "at least 1")
      }
    }
    for (name, value) in [
      ("--slurm-partition", partition), ("--slurm-account", account), ("--slurm-time", time),
      ("--slurm-memory", memory),
    ] + others.map({ ("--slurm-option", $0) }) {
      guard let value else { continue }
      // The text becomes a line of a script: nothing in it may begin another one.
      guard !value.isEmpty, value.allSatisfy({ $0.isASCII && !$0.isNewline && $0 != "\0" }) else {
        throw SlurmError.badOption(name: name, value: value, expected: "one line of plain text")
      }
      if name == "--slurm-option" {
        guard value.hasPrefix("--"), !Self.reserved.contains(where: value.hasPrefix) else {
          throw SlurmError.badOption(
            name: name, value: value,
            expected: "a long option of sbatch other than \(Self.reserved.joined(separator: ", "))")
        }
      } else if value.contains(where: { " \t\"'\\".contains($0) }) {
        throw SlurmError.badOption(name: name, value: value, expected: "no spaces or quotes")
      }
    }
  }

  /// What the scripts set themselves.
  private static let reserved = [
    "--array", "--dependency", "--output", "--error", "--chdir", "--signal", "--job-name",
  ]

  /// The lines that every task asks with.
  func directives(threads: Int) -> [String] {
    [
      partition.map { "--partition=\($0)" }, account.map { "--account=\($0)" },
      time.map { "--time=\($0)" }, memory.map { "--mem=\($0)" }, gpus.map { "--gpus=\($0)" },
      "--ntasks=1", "--cpus-per-task=\(threads)",
    ].compactMap { $0 } + others
  }
}

/// What keeps work from being handed to Slurm.
enum SlurmError: ReportableError, Hashable {
  case badOption(name: String, value: String, expected: String)
  case unavailable(reason: String)
  case refused(script: String, reason: String)
  case noSuchTask(line: Int, file: String)

  var message: String {
    switch self {
    case .badOption(let name, let value, let expected):
      return "bad \(name) '\(value)': expected \(expected)"
    case .unavailable(let reason):
      return "Slurm cannot be asked: \(reason); --print writes the scripts without it, and without "
        + "--launcher the work is done here"
    case .refused(let script, let reason):
      return "Slurm refused \(script): \(reason); correct the options, or run the script by hand"
    case .noSuchTask(let line, let file):
      return "\(file) has no line \(line): give a number of its lines, counted from 0"
    }
  }

  var exitStatus: ExitStatus {
    switch self {
    case .badOption, .noSuchTask: return .usage
    case .unavailable, .refused: return .unavailable
    }
  }
}
