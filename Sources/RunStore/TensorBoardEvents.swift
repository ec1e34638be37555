import Foundation

/// The measurements of a run as TensorBoard reads them: a file of events, one record for each epoch.
///
/// A record is its length (8 bytes), the masked CRC-32C of these bytes, the data and the masked CRC-32C of the data, all
/// little-endian; the data is an `Event` of tensorflow/tensorflow, core/util/event.proto, in protocol-buffer encoding.
public enum TensorBoardEvents {
  /// The name of the file beside a run's other files; TensorBoard looks for `tfevents` in names.
  public static let fileName = "events.out.tfevents.plumbline"

  /// The record that a file begins with.
  ///
  /// - Parameter time: Seconds since 1970.
  /// - Returns: The framed bytes.
  public static func header(time: Double) -> Data {
    record(Message.event(time: time) { $0.text("brain.Event:2", field: 3) })
  }

  /// The record of an epoch: its losses, accuracies and scalars at the epoch's number.
  ///
  /// Values that are not finite are written as they are.
  public static func record(of epoch: EpochRecord, time: Double) -> Data {
    var scalars: [(String, Double)] = [
      ("loss/train", epoch.trainLoss), ("loss/validation", epoch.validationLoss),
      ("loss/test", epoch.testLoss), ("accuracy/train", epoch.trainAccuracy),
      ("accuracy/validation", epoch.validationAccuracy), ("accuracy/test", epoch.testAccuracy),
      ("learning-rate", epoch.learningRate),
    ]
    if let share = epoch.memorisedShare { scalars.append(("memorised-share", share)) }
    scalars += epoch.scalars.sorted { $0.key < $1.key }.map { ("method/\($0.key)", $0.value) }
    return record(
      Message.event(time: time) { event in
        event.number(UInt64(epoch.epoch), field: 2)
        var summary = Message()
        for (tag, value) in scalars {
          var entry = Message()
          entry.text(tag, field: 1)
          entry.single(Float(value), field: 2)
          summary.message(entry, field: 1)
        }
        event.message(summary, field: 5)
      })
  }

  /// Data in the frame of a record.
  private static func record(_ message: Message) -> Data {
    let data = message.bytes
    var length = Data()
    withUnsafeBytes(of: UInt64(data.count).littleEndian) { length.append(contentsOf: $0) }
    var record = length
    for (part, follows) in [(length, data), (data, Data())] {
      withUnsafeBytes(of: maskedChecksum(part).littleEndian) { record.append(contentsOf: $0) }
      record.append(follows)
    }
    return record
  }

  /// The CRC-32C turned by 15 bits, plus a constant, as the format asks for.
  private static func maskedChecksum(_ data: Data) -> UInt32 {
    let checksum = crc32c(data)
    return (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }

  /// The cyclic redundancy check of Castagnoli's polynomial.
  static func crc32c(_ data: Data) -> UInt32 {
    ~data.reduce(~UInt32(0)) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1
    }
  }
}

/// A protocol-buffer message under construction.
private struct Message {
  private(set) var bytes = Data()

  /// An event at a time, with what else it holds.
  static func event(time: Double, _ fill: (inout Message) -> Void) -> Message {
    var event = Message()
    event.double(time, field: 1)
    fill(&event)
    return event
  }

  mutating func number(_ value: UInt64, field: UInt64) {
    variable(field << 3)
    variable(value)
  }

  mutating func double(_ value: Double, field: UInt64) {
    variable(field << 3 | 1)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func single(_ value: Float, field: UInt64) {
    variable(field << 3 | 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func text(_ value: String, field: UInt64) { block(Data(value.utf8), field: field) }

  mutating func message(_ value: Message, field: UInt64) { block(value.bytes, field: field) }

  private mutating func block(_ value: Data, field: UInt64) {
    variable(field << 3 | 2)
    variable(UInt64(value.count))
    bytes.append(value)
  }

  /// Seven bits a byte, lowest first; the highest bit says that more follow.
  private mutating func variable(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
