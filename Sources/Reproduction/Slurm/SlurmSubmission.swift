import Experiments
import Foundation
import RunStore

/// Everything that is handed to Slurm for one call: the jobs, the scripts, and a copy of the program.
///
/// ```
/// <store>/slurm/<name>/jobs.jsonl       one job a line; a task does the line that its script computes
///                      program          this executable, as it was when the work was handed over
///                      step-1.sh …      one script for each job array
///                      report.sh        writes the report after all arrays
///                      submit.sh        hands the scripts over, in order
///                      logs/            what the tasks say
/// ```
///
/// Which line is which job is fixed by the file and not by any order of loops, so a task that is put
/// back weeks later still does the same work. Nothing but files is shared with the tasks.
struct SlurmSubmission {
  /// One job as a line of the file.
  struct Line: Codable {
    var identifier: String
    var label: String
    var job: Job
  }

  /// The folder.
  let folder: URL
  /// The jobs and arrays.
  let order: SlurmOrder
  private let name: String
  private let options: SlurmOptions
  /// The arguments of a task besides those that name its line.
  private let taskArguments: [String]
  /// The arguments of the command that writes the report.
  private let reportArguments: [String]
  private let threads: Int

  /// Puts a submission together; nothing is written.
  init(
    item: String, plan: JobPlan, arraySize: Int, store: RunStore, options: SlurmOptions,
    taskArguments: [String], reportArguments: [String], threads: Int, now: Date = Date()
  ) {
    let time = now.formatted(
      .verbatim(
        "\(year: .defaultDigits)\(month: .twoDigits)\(day: .twoDigits)-\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)",
        timeZone: .gmt, calendar: Calendar(identifier: .gregorian)))
    // Two calls of one second must not meet.
    var generator = SystemRandomNumberGenerator()
    name = "\(item)-\(time)-" + String(generator.next() as UInt16, radix: 16)
    folder = store.root.appendingPathComponent("slurm/\(name)", isDirectory: true)
    order = SlurmOrder(plan, arraySize: arraySize)
    self.options = options
    self.taskArguments = taskArguments
    self.reportArguments = reportArguments
    self.threads = threads
  }

  private var program: String { folder.appendingPathComponent("program").path }
  private var jobsFile: String { folder.appendingPathComponent("jobs.jsonl").path }

  /// The scripts by name, in the order of submission, the one that hands them over last.
  var scripts: [(name: String, text: String)] {
    order.arrays.map { ("\($0.name).sh", script(of: $0)) }
      + [("report.sh", reportScript), ("submit.sh", submitScript)]
  }

  /// Writes the folder; it takes its name in one step.
  ///
  /// - Parameter executable: The program that the tasks run.
  /// - Throws: ``FileSystemError`` when it cannot be written.
  func write(executable: URL) throws {
    let hidden = folder.deletingLastPathComponent()
      .appendingPathComponent(".\(name).tmp", isDirectory: true)
    try AtomicFile.createFolder(hidden.appendingPathComponent("logs", isDirectory: true))
    do {
      var lines = Data()
      for entry in order.entries {
        lines += try CanonicalJSON.encode(
          Line(identifier: entry.identifier, label: entry.label, job: entry.job))
        lines.append(UInt8(ascii: "\n"))
      }
      try AtomicFile.write(lines, to: hidden.appendingPathComponent("jobs.jsonl"))
      for (name, text) in scripts {
        let file = hidden.appendingPathComponent(name)
        try AtomicFile.write(Data(text.utf8), to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
      }
      try FileManager.default.copyItem(
        at: executable, to: hidden.appendingPathComponent("program"))
      try FileManager.default.moveItem(at: hidden, to: folder)
    } catch {
      try? FileManager.default.removeItem(at: hidden)
      throw error
    }
  }

  private func directives(_ lines: [String]) -> String {
    lines.map { "#SBATCH \($0)\n" }.joined()
  }

  private func script(of array: SlurmArray) -> String {
    let last = array.lines.count - 1
    let limit = options.limit.map { "%\($0)" } ?? ""
    let log = ShellText.logFolder(folder.path) + "/logs/\(array.name)-%a.log"
    let command = ([program, "task", "--jobs-file", jobsFile] + taskArguments)
      .map(ShellText.quoted).joined(separator: " ")
    let directives = directives(
      [
        "--job-name=\(name)", "--array=0-\(last)\(limit)",
        "--output=\(ShellText.directive(log))", "--open-mode=append", "--requeue",
        "--signal=B:USR1@\(options.notice)",
      ] + options.directives(threads: threads))
    return """
      #!/bin/bash
      \(directives)
      # A task does one line of jobs.jsonl, from where it was left. SIGTERM (pre-emption, scancel, the time
      # limit) and SIGUSR1 (the limit is near) make it save a checkpoint and end with 75. Slurm may tell
      # this script alone, so the script passes it on.
      line=$((\(array.lines.lowerBound) + SLURM_ARRAY_TASK_ID))
      task=''
      told=''
      # shellcheck disable=SC2317,SC2329 # called by the trap
      pass_on() {
        told=yes
        if [[ -n $task ]]; then kill -TERM "$task" 2>/dev/null; fi
      }
      trap pass_on TERM USR1
      cd \(workingFolder) || exit 66

      \(command) --line "$line" &
      task=$!
      if [[ -n $told ]]; then kill -TERM "$task"; fi

      # A signal ends `wait` too, which then says nothing of the task: ask again when it has ended.
      while kill -0 "$task" 2>/dev/null; do wait "$task"; done
      wait "$task"
      status=$?
      task=''

      # A task that was told before it could listen has died of the signal. `Incomplete` leaves one alone
      # that was cancelled, or that Slurm puts back by itself: only what still counts as running starts
      # again.
      if ((status == 75)) || [[ -n $told && $status -gt 128 ]]; then
        scontrol requeue Incomplete "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" || true
      fi
      exit "$status"

      """
  }

  private var workingFolder: String {
    ShellText.quoted(FileManager.default.currentDirectoryPath)
  }

  private var reportScript: String {
    let log = ShellText.logFolder(folder.path) + "/logs/report.log"
    let command = ([program, "render"] + reportArguments).map(ShellText.quoted)
      .joined(separator: " ")
    let place = [
      options.partition.map { "--partition=\($0)" }, options.account.map { "--account=\($0)" },
    ]
    let directives = directives(
      [
        "--job-name=\(name)", "--output=\(ShellText.directive(log))", "--open-mode=append",
        "--requeue", "--ntasks=1",
      ] + place.compactMap { $0 })
    return """
      #!/bin/bash
      \(directives)
      cd \(workingFolder) || exit 66
      exec \(command)

      """
  }

  private var submitScript: String {
    var lines = [
      """
      #!/bin/bash
      # Hands the work to Slurm: each step after the one before, the report last. Arguments go to the
      # sbatch of the report. Prints the number of each job; takes all back when one is refused.
      set -Eeuo pipefail
      cd \(ShellText.quoted(folder.path))
      submitted=()
      trap 'if ((${#submitted[@]})); then scancel "${submitted[@]}"; fi' ERR

      # hand_over SCRIPT JOBS OPTIONS...: a script, to start when the jobs have ended.
      hand_over() {
        local script=$1 jobs=$2
        shift 2
        number=$(sbatch --parsable ${jobs:+"--dependency=afterany$jobs"} "$@" "$script")
        number=${number%%;*}
        submitted+=("$number")
        echo "$number $script"
      }

      before=''
      """
    ]
    for step in Set(order.arrays.map(\.step)).sorted() {
      lines.append("jobs=''")
      for array in order.arrays where array.step == step {
        // The most tasks at a time hold for an array each, so parts of one step follow one another.
        let after = options.limit == nil ? "$before" : "$before$jobs"
        lines.append("hand_over \(array.name).sh \"\(after)\"")
        lines.append("jobs=$jobs:$number")
      }
      lines.append("before=$jobs")
    }
    lines.append("hand_over report.sh \"$before\" \"$@\"")
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Text as shells and Slurm read it.
enum ShellText {
  /// A word of a shell command.
  static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+=:,@%".contains($0)) }
    return isPlain ? text : "'" + text.replacingOccurrences(of: "'", with: #"'\''"#) + "'"
  }

  /// A path in a directive of a batch script, which may hold blanks.
  static func directive(_ path: String) -> String { path.contains(" ") ? "\"\(path)\"" : path }

  /// A folder in the name of a log, where a percent sign stands for itself only when doubled.
  static func logFolder(_ path: String) -> String { path.replacingOccurrences(of: "%", with: "%%") }
}
