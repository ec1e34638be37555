import Foundation

/// A file of events, read back and checked: the other side of ``TensorBoardEvents``.
public struct TensorBoardFile: Hashable, Sendable {
  /// The framed records after the header, in order.
  private var records: [Data] = []
  /// Whether the last record is not whole, as when a writer is at work or was killed.
  public private(set) var isCut = false

  /// Splits a file into its records.
  ///
  /// - Parameters:
  ///   - data: The file's bytes.
  ///   - path: What an error calls it.
  /// - Throws: ``StoreError/damaged(path:reason:)`` for a record whose checksums do not fit, and for a first record that is
  ///   no header. A last record of which bytes are missing is not damage; see ``isCut``.
  public init(_ data: Data, path: String) throws {
    var rest = Data(data)[...]
    var number = 0
    while !rest.isEmpty {
      let head = rest.prefix(12)
      guard head.count == 12 else { break }
      guard TensorBoardEvents.isChecked(head.prefix(8), by: head.suffix(4)) else {
        throw StoreError.damaged(
          path: path, reason: "the checksum of the length of event \(number) does not fit")
      }
      let length = head.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard UInt64(rest.count) >= 16, length <= UInt64(rest.count - 16) else { break }
      let record = rest.prefix(16 + Int(length))
      guard TensorBoardEvents.isChecked(record.dropFirst(12).dropLast(4), by: record.suffix(4))
      else {
        throw StoreError.damaged(path: path, reason: "the checksum of event \(number) does not fit")
      }
      if number == 0 {
        guard Self.time(of: Data(record)).map(TensorBoardEvents.header) == Data(record) else {
          throw StoreError.damaged(path: path, reason: "it does not begin with a version of events")
        }
      } else {
        records.append(Data(record))
      }
      number += 1
      rest = rest.dropFirst(record.count)
    }
    isCut = !rest.isEmpty || number == 0
  }

  /// The number of whole records after the header.
  public var count: Int { records.count }

  /// Whether records and epochs are the same as far as both go, whenever the records were written.
  ///
  /// Events hold numbers in single precision: epochs that differ beyond it have the same events.
  public func agrees(with epochs: some Sequence<EpochRecord>) -> Bool {
    zip(records, epochs).allSatisfy { record, epoch in
      Self.time(of: record).map { TensorBoardEvents.record(of: epoch, time: $0) } == record
    }
  }

  /// The time of an event, which is its first member, in seconds since 1970.
  private static func time(of record: Data) -> Double? {
    let data = Data(record.dropFirst(12).dropLast(4))
    guard data.count >= 9, data.first == 1 << 3 | 1 else { return nil }
    return Double(
      bitPattern: data[1..<9].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}

extension TensorBoardEvents {
  /// Whether four bytes are the masked checksum of data.
  fileprivate static func isChecked(_ data: Data, by bytes: Data) -> Bool {
    let stored = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) } &- 0xA282_EAD8
    return stored << 15 | stored >> 17 == crc32c(data)
  }
}
