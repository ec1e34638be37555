import Foundation
import Testing

@testable import RunStore

@Suite struct TensorBoardEventsTests {
  private let epoch = EpochRecord(
    epoch: 300, stage: "train", learningRate: 0.5, trainLoss: 1.25, trainAccuracy: 0.5,
    memorisedShare: 0.125, validationLoss: 2, validationAccuracy: 0.25, testLoss: 3,
    testAccuracy: 0.75, scalars: ["objective": -1.5])

  /// Castagnoli's check of the nine digits, as every description of it gives.
  @Test func checksumIsCastagnolis() {
    #expect(TensorBoardEvents.crc32c(Data("123456789".utf8)) == 0xE306_9283)
    #expect(TensorBoardEvents.crc32c(Data()) == 0)
  }

  /// The header by hand: 24 bytes of data, of which nine are the time and fifteen the version.
  @Test func headerIsFramedByHand() {
    let header = [UInt8](TensorBoardEvents.header(time: 1))
    #expect(header.count == 8 + 4 + 24 + 4)
    #expect(header.prefix(8) == [24, 0, 0, 0, 0, 0, 0, 0])
    #expect(header[12..<21] == [0x09, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F])
    #expect(Array(header[21..<36]) == [0x1A, 13] + [UInt8]("brain.Event:2".utf8))
    let data = Data(header[12..<36])
    let checksum = TensorBoardEvents.crc32c(data)
    let masked = (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
    #expect(
      header[36...].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) } == masked)
  }

  /// The step takes two bytes; every scalar is there once.
  @Test func epochHoldsItsScalars() {
    let record = TensorBoardEvents.record(of: epoch, time: 1)
    #expect(record[21..<24] == Data([0x10, 0xAC, 0x02]))
    let text = String(decoding: record, as: UTF8.self)
    for tag in [
      "loss/train", "loss/validation", "loss/test", "accuracy/train", "accuracy/validation",
      "accuracy/test", "learning-rate", "memorised-share", "method/objective",
    ] {
      #expect(text.components(separatedBy: tag).count == 2, "\(tag)")
    }
  }

  /// What is appended epoch by epoch is what a reset writes at once, times apart.
  @Test func filesGrowAndStartAnew() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.url)
    let key = RunKey(canonical: Data("events".utf8))
    try AtomicFile.createFolder(store.folder(of: key))
    try store.resetMetrics(to: [], of: key)
    try store.appendMetrics(epoch, of: key)
    try store.appendMetrics(epoch, of: key)
    let grown = try Data(contentsOf: store.eventsFile(of: key))
    try store.resetMetrics(to: [epoch, epoch], of: key)
    #expect(try Data(contentsOf: store.eventsFile(of: key)).count == grown.count)
    try store.resetMetrics(to: [epoch], of: key)
    let size = TensorBoardEvents.record(of: epoch, time: 0).count
    #expect(try Data(contentsOf: store.eventsFile(of: key)).count == grown.count - size)
  }

  private static let python = ProcessInfo.processInfo.environment["PYTHON"]

  /// TensorBoard's own reader finds every number; needs PYTHON= with TensorBoard.
  @Test(.enabled(if: python != nil, "PYTHON names no Python with TensorBoard"))
  func tensorBoardReadsIt() throws {
    let python = try #require(Self.python)
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent(TensorBoardEvents.fileName)
    try (TensorBoardEvents.header(time: 1) + TensorBoardEvents.record(of: epoch, time: 2))
      .write(to: file)
    let program = """
      import sys
      from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
      events = EventAccumulator(sys.argv[1]); events.Reload()
      for tag in sorted(events.Tags()['scalars']):
          for event in events.Scalars(tag): print(tag, event.step, event.wall_time, event.value)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", program, folder.url.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(
      text == """
        accuracy/test 300 2.0 0.75
        accuracy/train 300 2.0 0.5
        accuracy/validation 300 2.0 0.25
        learning-rate 300 2.0 0.5
        loss/test 300 2.0 3.0
        loss/train 300 2.0 1.25
        loss/validation 300 2.0 2.0
        memorised-share 300 2.0 0.125
        method/objective 300 2.0 -1.5

        """)
  }
}
