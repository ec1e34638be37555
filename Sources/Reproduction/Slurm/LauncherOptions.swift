import ArgumentParser
import Experiments
import Foundation
import RunStore

/// The options that say who does the work: this machine, or a cluster.
public struct LauncherOptions: ParsableArguments {
  /// Who does the work.
  enum Launcher: String, ExpressibleByArgument, CaseIterable {
    case local, slurm
  }

  @Option(help: "Who does the work: local, this machine; slurm, a job array.")
  var launcher = Launcher.local

  @Flag(help: "With slurm: write the scripts and print them; hand nothing over.")
  var print = false

  @Flag(help: "With slurm: end when the report is written.")
  var wait = false

  @OptionGroup var slurm: SlurmOptions

  /// Creates the options' defaults.
  public init() {}

  /// Refuses options that only Slurm has a use for.
  public func validate() throws {
    guard launcher == .slurm || !(print || wait) else {
      throw ValidationError("--print and --wait go with --launcher slurm")
    }
  }
}

extension RunCommand {
  /// Hands a plan to Slurm, or only prints the scripts.
  func submit(_ plan: JobPlan, request: Request, store: RunStore, console: Console) throws {
    let slurm = launcher.slurm
    try slurm.check()
    let arraySize =
      try slurm.arraySize
      ?? (launcher.print ? SlurmLaunch.defaultArraySize : SlurmLaunch.arraySize())
    let submission = SlurmSubmission(
      item: Item.identifier, plan: plan, arraySize: arraySize, store: store, options: slurm,
      taskArguments: [
        "--store", store.root.path, "--device", execution.device, "--threads",
        String(execution.threads), "--checkpoint-seconds", String(checkpointSeconds),
      ] + options.data.source.arguments,
      reportArguments: options.arguments, threads: execution.threads)
    try submission.write(executable: Launch.executable)
    let folder = submission.folder.relativePath
    if launcher.print {
      for (name, text) in submission.scripts { Console.result("### \(name)\n\(text)") }
      console.note(
        "\(submission.order.entries.count) jobs; to hand them over: \(folder)/submit.sh")
      return
    }
    let jobs = try SlurmLaunch.submit(submission, waits: launcher.wait)
    for job in jobs { Console.result(job) }
    console.note(
      "\(submission.order.entries.count) jobs handed over; squeue shows them, \(folder)/logs what "
        + "they say; the report comes last, and the same command hands over what is missing then")
  }
}
