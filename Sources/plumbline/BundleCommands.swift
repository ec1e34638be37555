import ArgumentParser
import Foundation
import Reproduction
import RunExport
import RunStore

extension RunsCommand {
  /// What a bundle proves, for the help of its commands.
  private static let proof = """
    A bundle's digests prove that nothing in it was altered since it was written. They do not prove that its numbers were \
    measured: who alters a record can write every digest again. That is found by comparing with another bundle or store \
    of the same runs (plumbline runs compare), since equal specifications give equal numbers on one platform.
    """

  /// Runs as one file.
  struct Bundle: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write ended runs with their labels as one tar file with digests.",
      discussion: "The same runs give the same bytes.\n\n" + proof)

    @Argument(help: "The file to write, such as runs.tar.")
    var file: String

    @OptionGroup var selection: Selection

    @Flag(help: "Take along the generators and feature extractors that the runs used.")
    var assets = false

    func run() throws {
      let bundle = RunBundle(
        try selection.runStore(), names: RunsCommand.names, filter: try selection.filter(),
        references: RunsCommand.references, includesAssets: assets)
      let summary = try bundle.write(to: URL(fileURLWithPath: file))
      Console.result(
        "\(file): \(summary.runs) runs, \(summary.noiseFiles) noise files, \(summary.assets) assets, "
          + "\(summary.bytes) bytes")
    }
  }

  /// Runs from one file.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take over the runs of a bundle that a store lacks.",
      discussion: """
        What the store has is never replaced; a run of which it has other numbers is named. \(proof)

        Exit status: 0 when every run is in the store now with the bundle's numbers, 1 when one is not, 65 when the bundle \
        is damaged, and then nothing is taken from it.
        """)

    @Argument(help: "The bundle.")
    var file: String

    @Option(help: "The folder of runs; it is made where it is missing.")
    var store = "runs"

    @Flag(help: "Tell what would be taken, and change nothing.")
    var dryRun = false

    func run() throws {
      let store = RunStore(root: URL(fileURLWithPath: store, isDirectory: true))
      let bundle = try OpenedBundle(
        URL(fileURLWithPath: file),
        in: dryRun ? FileManager.default.temporaryDirectory : store.root,
        references: RunsCommand.references)
      let outcome = try BundleImport(
        of: bundle, into: store, references: RunsCommand.references, isDryRun: dryRun)
      outcome.lines.forEach(Console.result)
      guard outcome.isComplete else {
        throw FailedJobsError(
          message: "\(outcome.count(.different)) runs of \(file) have other numbers than the "
            + "store's, \(outcome.count(.blocked)) could not be taken",
          exitStatus: .failure)
      }
    }
  }

  /// Two bundles or stores.
  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare the runs of two bundles or stores, number by number.",
      discussion: """
        Names the runs that only one has, and the first epoch and measure that differ of those that both have. \(proof)

        Exit status: 0 when every run that both have is the same, 1 when one is not.
        """)

    @Argument(help: "A bundle, or a folder of runs.")
    var first: String

    @Argument(help: "Another one.")
    var second: String

    func run() throws {
      // Both bundles stay unpacked until they are compared.
      let (one, other) = (try Source(first), try Source(second))
      let comparison = try withExtendedLifetime((one, other)) {
        try RunComparison(of: one.store, with: other.store)
      }
      comparison.lines.forEach(Console.result)
      guard comparison.different.isEmpty else {
        throw FailedJobsError(
          message: "\(comparison.different.count) runs differ between \(first) and \(second)",
          exitStatus: .failure)
      }
    }

    /// A store, or a bundle that was unpacked.
    private struct Source {
      let store: RunStore
      private var bundle: OpenedBundle?

      init(_ path: String) throws {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isThere && isFolder.boolValue {
          store = try RunsCommand.store(path)
          return
        }
        let opened = try OpenedBundle(
          URL(fileURLWithPath: path), in: FileManager.default.temporaryDirectory,
          references: RunsCommand.references)
        store = opened.store
        bundle = opened
      }
    }
  }
}
