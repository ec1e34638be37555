import Foundation
import RunStore

/// The epochs of a run as its two files beside the record tell them.
struct RunCourse {
  /// One of the files.
  enum File<Content> {
    case absent
    case read(Content)
    case unreadable(String)

    var content: Content? {
      if case .read(let content) = self { return content }
      return nil
    }
  }

  /// The epochs of `metrics.jsonl`, numbered from 1 without a gap.
  let metrics: File<[EpochRecord]>
  /// Whether the last line of `metrics.jsonl` is not whole.
  let isCut: Bool
  /// The events.
  let events: File<TensorBoardFile>

  init(of key: RunKey, in store: RunStore) throws {
    // Events are appended after lines: read before them, they are never ahead.
    events = try Self.read(store.eventsFile(of: key)) {
      try TensorBoardFile($0, path: store.eventsFile(of: key).path)
    }
    var isCut = false
    metrics = try Self.read(store.metricsFile(of: key)) { data in
      let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      isCut = lines.last?.isEmpty == false
      let epochs = try lines.dropLast().map {
        try CanonicalJSON.decode(EpochRecord.self, from: Data($0))
      }
      if let place = epochs.indices.first(where: { epochs[$0].epoch != $0 + 1 }) {
        throw StoreError.notDecodable(
          reason: "line \(place + 1) is that of epoch \(epochs[place].epoch)")
      }
      return epochs
    }
    self.isCut = isCut
  }

  private static func read<Content>(
    _ file: URL, _ decode: (Data) throws -> Content
  ) throws -> File<Content> {
    do {
      return try AtomicFile.contents(of: file).map { .read(try decode($0)) } ?? .absent
    } catch StoreError.damaged(_, let reason) {
      return .unreadable(reason)
    } catch let error as StoreError {
      return .unreadable(error.message)
    } catch let error as FileSystemError {
      return .unreadable("it cannot be read: \(error.cause)")
    }
  }

  /// The first epoch that two lists have both and differently.
  static func difference(_ left: [EpochRecord], _ right: [EpochRecord]) -> Int? {
    zip(left, right).first { !isEqual($0, $1) }?.0.epoch
  }

  /// Whether two epochs have the same numbers; what is not a number equals itself.
  static func isEqual(_ left: EpochRecord, _ right: EpochRecord) -> Bool {
    if left == right { return true }
    guard let one = try? CanonicalJSON.encode(left, nonFinite: .text),
      let other = try? CanonicalJSON.encode(right, nonFinite: .text)
    else { return false }
    return one == other
  }
}
