import Foundation
import RunStore

/// The figures of a series of trials with all that is needed to repeat it.
struct FiguresDocument: Codable, Sendable {
  private static let begin = "<!-- figures: written by make test-faults -->"
  private static let end = "<!-- end of figures -->"

  /// When the series ended, as a date.
  var date: String
  /// The processor, the number of cores, and the system.
  var machine: String
  /// The commit that the records name.
  var commit: String
  /// The seed of all trials.
  var seed: UInt64
  /// How long it took.
  var seconds: Double
  /// How many trials ran side by side.
  var lanes: Int
  /// The figures.
  var tally: Tally
  /// Why kinds were skipped, or done in part, each once.
  var remarks: [String]
  /// Every trial.
  var trials: [TrialResult]

  init(
    tally: Tally, trials: [TrialResult], provenance: Provenance, seed: UInt64, seconds: Double,
    lanes: Int
  ) {
    let system = ProcessInfo.processInfo
    date = String(Date().formatted(.iso8601).prefix(10))
    machine =
      "\(provenance.hardware), \(system.activeProcessorCount) cores, "
      + "\(system.physicalMemory >> 30) GiB, \(provenance.platform)"
    commit = String(provenance.commit.prefix(12)) + (provenance.dirty ? " with changes" : "")
    self.seed = seed
    self.seconds = seconds
    self.lanes = lanes
    self.tally = tally
    self.trials = trials
    let skipped = trials.compactMap { trial in trial.skipped.map { "\(trial.fault): \($0)" } }
    let partial = trials.flatMap { trial in trial.remarks.map { "\(trial.fault): \($0)" } }
    remarks = Set(skipped + partial).sorted()
  }

  /// The section that the documentation includes.
  var markdown: String {
    let minutes = String(format: "%.1f", seconds / 60)
    var lines = [
      "- \(date), commit \(commit), seed \(seed)", "- \(machine)",
      "- \(tally.total.trials) trials in \(minutes) minutes, \(lanes) side by side", "",
      tally.markdown, "",
      "Most measured epochs that a kill made a run train again: \(tally.epochsLost).",
    ]
    lines += remarks.map { "Not tried on this machine: \($0)." }
    return lines.joined(separator: "\n")
  }

  /// Puts the section between its marks in a file.
  func write(to file: URL) throws {
    let text = try Self.marked(file)
    let section = "\(Self.begin)\n\n\(markdown)\n\n"
    try AtomicFile.write(Data((text.head + section + text.tail).utf8), to: file)
  }

  /// What lies before and after the section in a file.
  ///
  /// - Throws: ``SuiteError`` when the file has no place for it.
  @discardableResult static func marked(_ file: URL) throws -> (head: String, tail: String) {
    guard let data = try AtomicFile.contents(of: file) else {
      throw SuiteError(
        message: "\(file.path): expected a document with a place for figures, found none",
        exitStatus: .inputMissing)
    }
    let text = String(decoding: data, as: UTF8.self)
    guard let start = text.range(of: begin), let stop = text.range(of: end),
      start.upperBound <= stop.lowerBound
    else {
      throw SuiteError(
        message: "\(file.path): expected the lines '\(begin)' and '\(end)', found none",
        exitStatus: .badData)
    }
    return (String(text[..<start.lowerBound]), String(text[stop.lowerBound...]))
  }
}

/// What keeps the suite from working at all.
struct SuiteError: ReportableError {
  let message: String
  let exitStatus: ExitStatus
}
