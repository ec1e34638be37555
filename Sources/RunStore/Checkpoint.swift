import Foundation

/// Where a stopped run continues: what was measured so far, and the bytes that its trainer needs.
public struct Checkpoint: Hashable, Sendable {
  /// The last finished epoch over the whole run, counted from 1.
  public var epoch: Int
  /// Seconds of work so far, over all sittings.
  public var seconds: Double
  /// How often the run was continued before.
  public var resumed: Int
  /// When the run first started, ISO 8601 in UTC.
  public var started: String
  /// The measurements of the epochs so far.
  public var epochs: [EpochRecord]
  /// Bytes by name, for example `networks` (safetensors) and `method` (JSON); the store does not
  /// look inside.
  public var sections: [String: Data]

  /// Creates a checkpoint.
  public init(
    epoch: Int, seconds: Double, resumed: Int, started: String, epochs: [EpochRecord],
    sections: [String: Data]
  ) {
    self.epoch = epoch
    self.seconds = seconds
    self.resumed = resumed
    self.started = started
    self.epochs = epochs
    self.sections = sections
  }

  /// What a file holds before the sections' bytes, on one line.
  private struct Head: Codable {
    struct Section: Codable {
      var name: String
      var bytes: Int
      var sha256: String
    }
    var epoch: Int
    var seconds: Double
    var resumed: Int
    var started: String
    var epochs: [EpochRecord]
    var sections: [Section]
  }

  /// The file's bytes: a sealed line of JSON, then the sections in the order of their names.
  func encoded() throws -> Data {
    let ordered = sections.sorted { $0.key < $1.key }
    let head = Head(
      epoch: epoch, seconds: seconds, resumed: resumed, started: started, epochs: epochs,
      sections: ordered.map { name, bytes in
        Head.Section(name: name, bytes: bytes.count, sha256: Digest.sha256(of: bytes))
      })
    var data = try SealedJSON.encode(head)
    for (_, bytes) in ordered { data.append(bytes) }
    return data
  }

  /// Reads ``encoded()``; any altered, missing or additional byte throws
  /// ``StoreError/damaged(path:reason:)``.
  init(encoded data: Data, path: String) throws {
    guard let end = data.firstIndex(of: UInt8(ascii: "\n")) else {
      throw StoreError.damaged(path: path, reason: "its first line has no end")
    }
    let head = try SealedJSON.decode(Head.self, from: Data(data[...end]), path: path)
    var position = data.index(after: end)
    var sections: [String: Data] = [:]
    for section in head.sections {
      guard section.bytes >= 0, data.endIndex - position >= section.bytes else {
        throw StoreError.damaged(path: path, reason: "section \(section.name) is cut short")
      }
      let bytes = Data(data[position..<position + section.bytes])
      guard Digest.sha256(of: bytes) == section.sha256 else {
        throw StoreError.damaged(path: path, reason: "section \(section.name) has another digest")
      }
      sections[section.name] = bytes
      position += section.bytes
    }
    guard position == data.endIndex else {
      throw StoreError.damaged(
        path: path, reason: "\(data.endIndex - position) bytes follow its last section")
    }
    self.init(
      epoch: head.epoch, seconds: head.seconds, resumed: head.resumed, started: head.started,
      epochs: head.epochs, sections: sections)
  }
}
