import ArgumentParser
import Experiments
import Foundation
import Reproduction
import RunExport
import RunStore

extension RunsCommand {
  /// What is damaged.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Compare everything in a store with its digests, and set damage aside with --repair.",
      discussion: """
        One line for each damage, with what --repair does about it, then what was found of each kind. Without --repair \
        nothing is changed. With it, what is damaged moves to the store's folder damaged/, beside a note of where it came \
        from; what can be made from the rest is made again, and the next run trains what is missing. What another process \
        works on is left.

        Exit status: 0 when everything is sound, or was repaired; 65 when damage stays.
        """)

    @Option(help: "The folder of runs.")
    var store = "runs"

    @Flag(help: "Set aside what is damaged; nothing is deleted.")
    var repair = false

    @Flag(help: "Print JSON.")
    var json = false

    /// What is printed as JSON.
    private struct Outcome: Encodable {
      var found: Verification
      var repaired: Verification.Repair?
    }

    func run() throws {
      let store = try RunsCommand.store(store)
      var found = try Verification(of: store, references: RunsCommand.references)
      let damagedCaches = try addImages(of: store, to: &found)
      var outcome = Outcome(found: found)
      if repair && !found.isSound {
        outcome.repaired = try found.repair(of: store)
        for cache in damagedCaches { try cache.clearDamaged() }
      }
      if json {
        Console.result(
          String(decoding: try CanonicalJSON.encode(outcome, nonFinite: .text), as: UTF8.self))
      } else {
        found.lines.forEach(Console.result)
        outcome.repaired?.lines.forEach(Console.result)
      }
      let left = outcome.repaired?.skipped.count ?? found.damages.count
      if left > 0 {
        throw FailedJobsError(
          message: "\(left) things in \(self.store) are damaged; "
            + (repair ? "they were left as they are" : "--repair sets them aside"),
          exitStatus: .badData)
      }
    }

    /// Counts modified images; returns the caches that have damaged ones.
    private func addImages(of store: RunStore, to found: inout Verification) throws -> [EchoCache] {
      let caches = try RunsCommand.echoCaches(in: store)
      var damaged: [EchoCache] = []
      for (key, cache) in caches.known.sorted(by: { $0.key < $1.key }) {
        let surveys = try cache.survey()
        for survey in surveys {
          found.add(
            .image, sound: survey.present, damaged: survey.damaged,
            path: "echo/\(key.text)/\(survey.name)",
            reason: survey.damaged == 0
              ? nil : "\(survey.damaged) images fail their check; the next run makes them again")
        }
        if surveys.contains(where: { $0.damaged > 0 }) { damaged.append(cache) }
      }
      if caches.unknown > 0 {
        found.add(
          remark: "\(caches.unknown) caches of modified images were not looked at: no stored run "
            + "tells the size of their images.")
      }
      return damaged
    }
  }
}
