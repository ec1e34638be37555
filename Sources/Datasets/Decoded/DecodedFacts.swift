import Foundation
import RunStore

/// What a decoded data set is beside its bytes, with the state of the files that it was read from.
///
/// The file is a line with the SHA-256 of the rest, then JSON; anything else counts as not there.
struct DecodedFacts: Codable, Equatable {
  /// The digest of the states of all files that were read.
  var sources: String
  /// The path of one of them.
  var place: String
  var identifier: String
  var displayName: String
  var shape: [Int]
  var classNames: [String]
  var mean: [Float]
  var standardDeviation: [Float]
  var digests: [String: String]
  var isVerified: Bool
  var coarseMap: [Int]?
  var coarseClassNames: [String]?
  /// The numbers of training and test images.
  var counts: [Int]
  /// The names of the sets of given labels, in the order of the body.
  var givenSets: [String]
  /// SHA-256 of the body, which also names its file.
  var body: String

  init(of dataset: ImageDataset, sources: [SourceState], body: String) {
    self.sources = SourceState.digest(of: sources)
    place = sources.first?.path ?? ""
    identifier = dataset.identifier
    displayName = dataset.displayName
    shape = dataset.shape
    classNames = dataset.classNames
    mean = dataset.mean
    standardDeviation = dataset.standardDeviation
    digests = dataset.digests
    isVerified = dataset.isVerified
    coarseMap = dataset.coarseMap
    coarseClassNames = dataset.coarseClassNames
    counts = [dataset.train.count, dataset.test.count]
    givenSets = dataset.givenLabels.keys.sorted()
    self.body = body
  }

  /// The file's bytes.
  func encoded() throws -> Data {
    let content = try CanonicalJSON.encode(self)
    return Data((Digest.sha256(of: content) + "\n").utf8) + content
  }

  /// Reads a file's bytes; nil when they are not what was written.
  init?(decoding data: Data) {
    guard let end = data.firstIndex(of: 0x0A) else { return nil }
    let content = Data(data[data.index(after: end)...])
    guard data[..<end].elementsEqual(Digest.sha256(of: content).utf8),
      let facts = try? CanonicalJSON.decode(DecodedFacts.self, from: content),
      facts.counts.count == 2, Digest.isValid(facts.body)
    else { return nil }
    self = facts
  }
}
