import ArgumentParser
import Foundation
import RunStore

/// Disturbs real runs of a reproduction and expects the undisturbed table from each.
struct PlumblineFaults: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plumbline-faults",
    abstract:
      "Disturb a reproduction in every way, and compare its table with the undisturbed one.",
    discussion: """
      Ends with status 0 when no trial lost a result, changed a table, hung or ended as it should not, and with 1 otherwise. \
      Full disks and read-only stores need the right to mount (root); without it they are skipped, and counted as that.
      """)

  @Option(help: "The executable echoalign-table1.")
  var program: String

  @Option(help: "The executable plumbline.")
  var plumbline: String

  @Option(
    help: "The number of trials; every kind of fault is tried once before any is tried twice.")
  var trials = 300

  @Option(help: "The seed of the trials' randomness.")
  var seed: UInt64 = 20_240_917

  @Option(help: "Trials side by side.")
  var jobs = 2

  @Option(
    help: "Only these kinds of faults, as a list of: \(Self.names.joined(separator: ", ")).")
  var kinds: String?

  @Option(help: "Only the trial of this number.")
  var only: Int?

  @Flag(help: "Keep the folders of all trials; those of failed trials are always kept.")
  var keep = false

  @Option(help: "The JSON file to write figures and trials to.")
  var report: String?

  @Option(help: "The Markdown file whose section of figures is written anew.")
  var markdown: String?

  @Option(help: "The folder for the trials; a temporary one when not given.")
  var scratch: String?

  @Option(help: "Seconds after which a call counts as hanging.")
  var patience = 60.0

  @Option(help: .hidden)
  var sabotage: Sabotage?

  private static var names: [String] { FaultCatalog.all.map(\.name) }

  func validate() throws {
    guard trials >= 1, jobs >= 1, patience > 0 else {
      throw ValidationError("expected --trials, --jobs and --patience above zero")
    }
    for name in chosenNames where !Self.names.contains(name) {
      throw ValidationError(
        "unknown kind '\(name)': expected one of \(Self.names.joined(separator: ", "))")
    }
    guard only.map({ (1...trials).contains($0) }) ?? true else {
      throw ValidationError("expected --only between 1 and the number of trials, \(trials)")
    }
  }

  private var chosenNames: [String] {
    kinds.map { $0.split(separator: ",").map(String.init) } ?? Self.names
  }

  func run() throws {
    let signals = Interruption.listen()
    defer { for signal in signals { signal.cancel() } }
    for path in [program, plumbline] where access(path, X_OK) != 0 {
      throw SuiteError(
        message: "\(path): expected an executable, found none; build the package first",
        exitStatus: .inputMissing)
    }
    if let markdown { try FiguresDocument.marked(URL(fileURLWithPath: markdown)) }
    let folder = URL(
      fileURLWithPath: scratch
        ?? NSTemporaryDirectory() + "plumbline-faults-\(ProcessInfo.processInfo.processIdentifier)",
      isDirectory: true)
    try AtomicFile.createFolder(folder)
    let workplace = Workplace(
      program: URL(fileURLWithPath: program), plumbline: URL(fileURLWithPath: plumbline),
      scratch: folder, patience: patience)
    let start = ContinuousClock.now
    let kinds = FaultCatalog.all.filter { chosenNames.contains($0.name) }
    let schedule = Schedule.faults(kinds, trials: trials).enumerated()
      .map { (number: $0.offset + 1, fault: $0.element) }
      .filter { only == nil || $0.number == only }
    let voice = SuiteVoice(trials: schedule.count, command: command, folder: folder)
    voice.say("seed \(seed), \(schedule.count) trials, \(jobs) side by side, in \(folder.path)")
    let references = try references(in: workplace)
    let suite = Suite(
      workplace: workplace, references: references, faults: schedule, seed: seed,
      sabotage: sabotage, keepsAll: keep)
    let results = suite.run(lanes: jobs) { voice.tell($0, done: $1) }
    let tally = Tally(results, faults: kinds)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    voice.end(tally, results: results, seconds: seconds)
    if let provenance = references[.plain]?.provenance {
      try write(
        FiguresDocument(
          tally: tally, trials: results, provenance: provenance, seed: seed, seconds: seconds,
          lanes: jobs))
    }
    if !keep && tally.isClean { try? FileManager.default.removeItem(at: folder) }
    if !tally.isClean || Interruption.isRequested { throw ExitCode(ExitStatus.failure.rawValue) }
  }

  private func references(in workplace: Workplace) throws -> [Selection: Reference] {
    var references: [Selection: Reference] = [:]
    for selection in Selection.allCases {
      references[selection] = try Reference(selection, in: workplace)
    }
    return references
  }

  /// The figures of a series that was not cut short go where they were asked for.
  private func write(_ figures: FiguresDocument) throws {
    guard !Interruption.isRequested else { return }
    if let report {
      try AtomicFile.write(
        try CanonicalJSON.encode(figures) + Data("\n".utf8), to: URL(fileURLWithPath: report))
    }
    if let markdown { try figures.write(to: URL(fileURLWithPath: markdown)) }
  }

  /// What repeats the trials of this call, without the trial's number.
  private var command: String {
    "plumbline-faults --program \(program) --plumbline \(plumbline) --trials \(trials) "
      + "--seed \(seed)" + (kinds.map { " --kinds \($0)" } ?? "")
  }
}

@main
enum Main {
  static func main() {
    do {
      var command = try PlumblineFaults.parseAsRoot()
      try command.run()
    } catch let error as any ReportableError {
      stop(error.message, error.exitStatus)
    } catch let problem as TrialProblem {
      stop(problem.description, .failure)
    } catch is InterruptedError {
      stop("stopped before the first trial", .failure)
    } catch {
      PlumblineFaults.exit(withError: error)
    }
  }

  private static func stop(_ message: String, _ status: ExitStatus) -> Never {
    FileHandle.standardError.write(Data("plumbline-faults: \(message)\n".utf8))
    Foundation.exit(status.rawValue)
  }
}
