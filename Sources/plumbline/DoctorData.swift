import Datasets
import Foundation
import RunStore

/// Which data sets are there, and whether they are what was published.
struct DoctorData {
  /// The folder that was named; nil for the usual places.
  let folder: URL?

  /// One finding a data set, read as a run would read it.
  func findings() -> [DoctorFinding] { DatasetCatalog.identifiers.map(finding) }

  private func finding(_ identifier: String) -> DoctorFinding {
    do {
      let dataset = try DatasetCatalog.load(identifier, from: folder)
      return present(dataset)
    } catch let error as DatasetError where error.kind == .missing {
      return missing(identifier, error)
    } catch  where !DatasetCatalog.isVerifiable(identifier, in: folder) {
      return unverifiable(identifier)
    } catch {
      return DoctorFinding(
        identifier, .fail, "\(error)",
        facts: ["isPresent": .bool(true), "isVerified": .bool(false)], failure: .badData)
    }
  }

  private func present(_ dataset: ImageDataset) -> DoctorFinding {
    var text = "\(dataset.train.count) + \(dataset.test.count) images, digests right"
    var facts = Self.facts(of: dataset)
    var labels: [String: JSONValue] = [:]
    for set in DatasetCatalog.givenLabelSets(of: dataset) {
      do {
        _ = try DatasetCatalog.givenLabels(of: dataset, set: set, from: folder)
        labels[set] = .string("right")
      } catch let error as DatasetError where error.kind == .missing {
        labels[set] = .string("missing")
      } catch {
        facts["labels"] = .object(labels)
        return DoctorFinding(
          dataset.identifier, .fail, "\(text), but labels by people are not: \(error)",
          facts: facts, failure: .badData)
      }
    }
    if !labels.isEmpty {
      facts["labels"] = .object(labels)
      let count = labels.values.count { $0 == .string("right") }
      text += "; \(count) of \(labels.count) sets of labels by people"
    }
    return DoctorFinding(dataset.identifier, .ok, text, facts: facts)
  }

  /// Files without published digests: their structure is all that can be looked at.
  private func unverifiable(_ identifier: String) -> DoctorFinding {
    do {
      let dataset = try DatasetCatalog.load(identifier, from: folder, verification: .unverified)
      return DoctorFinding(
        identifier, .warn,
        "\(dataset.train.count) + \(dataset.test.count) images in the unpacked binary version, for "
          + "which no digests are published: runs need --unverified-data; make data fetches the archive",
        facts: Self.facts(of: dataset))
    } catch {
      return DoctorFinding(
        identifier, .fail, "\(error)",
        facts: ["isPresent": .bool(true), "isVerified": .bool(false)], failure: .badData)
    }
  }

  private func missing(_ identifier: String, _ error: DatasetError) -> DoctorFinding {
    let size = DatasetCatalog.downloadBytes(of: identifier, into: folder)
    let remedy: String
    if size > 0 {
      remedy = "not there; optional, make data fetches \(DoctorCommand.size(size))"
    } else if let folder {
      remedy = "not in \(folder.path)"
    } else {
      remedy = "not there: \(error)"
    }
    return DoctorFinding(
      identifier, size > 0 || folder != nil ? .ok : .warn, remedy,
      facts: ["isPresent": .bool(false)])
  }

  private static func facts(of dataset: ImageDataset) -> [String: JSONValue] {
    [
      "isPresent": .bool(true), "isVerified": .bool(dataset.isVerified),
      "trainImages": .integer(dataset.train.count), "testImages": .integer(dataset.test.count),
      "digests": .object(dataset.digests.mapValues { .string($0) }),
    ]
  }
}
