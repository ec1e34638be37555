import Foundation
import RunStore

/// The files of drawn labels, compared with the digests that records tell.
struct LabelCheck {
  /// What a record tells of its labels.
  private struct Witness {
    var key: RunKey
    var digest: String
    /// The name of the file; nil when the specification is of a layout that is not known.
    var file: String?
  }

  /// What the reason of a damage begins with that only all records together show.
  static let reasonPrefix = "its labels have the digest"

  let references: RunReferences
  private var witnesses: [Witness] = []

  init(references: RunReferences) { self.references = references }

  mutating func add(_ record: RunRecord) {
    guard let digest = RunReferences.labelDigest(of: record), let key = try? RunKey(record.key)
    else { return }
    witnesses.append(
      Witness(key: key, digest: digest, file: references.noiseFile(record.specification)))
  }

  /// Looks at every file of labels.
  ///
  /// A file that no record of its name agrees with is damaged. Where some agree and some do not, those that do not are.
  func examine(_ findings: inout Verification.Findings) throws {
    let folder = findings.store.root.appendingPathComponent("noise", isDirectory: true)
    let byName = Dictionary(grouping: witnesses.filter { $0.file != nil }) { $0.file ?? "" }
    let digests = Set(witnesses.map(\.digest))
    for name in try FolderSurvey.names(in: folder) where !name.hasPrefix(".") {
      let file = folder.appendingPathComponent(name)
      let reading = try Verification.Reading<Data> { try AtomicFile.contents(of: file) }
      if case .damaged(let reason, _) = reading {
        findings.damaged(.noiseFile, file, reason, .leave)
        continue
      }
      guard let data = reading.value else { continue }
      let digest = Digest.sha256(of: data)
      let named = byName[name] ?? []
      let others = named.filter { $0.digest != digest }
      if named.isEmpty && !digests.contains(digest) {
        if let fault = Self.fault(of: data) {
          findings.damaged(.unprovenNoiseFile, file, fault, .setAside)
        } else {
          findings.sound(.unprovenNoiseFile)
        }
      } else if !named.isEmpty && others.count == named.count {
        findings.damaged(
          .noiseFile, file,
          "its digest \(digest.prefix(10))… is not \(named[0].digest.prefix(10))…, "
            + "which run \(named[0].key.short) was trained on", .setAside)
      } else {
        findings.sound(.noiseFile)
        for witness in others {
          findings.counts[.record]?.sound -= 1
          findings.damaged(
            .record,
            findings.store.folder(of: witness.key).appendingPathComponent(RunStore.recordName),
            "\(Self.reasonPrefix) \(witness.digest.prefix(10))…, noise/\(name) and other "
              + "records have \(digest.prefix(10))…", .setAside, owner: .run(witness.key))
        }
      }
    }
  }

  /// What is wrong with labels of which nothing is known but their form: a head, then lines of index, clean and noisy label.
  private static func fault(of data: Data) -> String? {
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let head = lines.first, head.elementsEqual("index,clean,noisy".utf8) else {
      return "its first line is not index,clean,noisy"
    }
    guard let last = lines.last, last.isEmpty else { return "its last line is cut" }
    for (index, line) in lines.dropFirst().dropLast().enumerated() {
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      let numbers = fields.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
      guard fields.count == 3, numbers.count == 3, numbers[0] == index, numbers[1] >= 0,
        numbers[2] >= 0
      else { return "its line \(index + 2) is not that of label \(index)" }
    }
    return nil
  }
}
