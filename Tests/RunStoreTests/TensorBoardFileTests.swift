import Foundation
import RunStore
import Testing

@Suite struct TensorBoardFileTests {
  private let epochs = [Sample.epoch(1), Sample.epoch(2, loss: .nan), Sample.epoch(3)]

  private var data: Data {
    epochs.enumerated().reduce(TensorBoardEvents.header(time: 5)) { data, entry in
      data + TensorBoardEvents.record(of: entry.element, time: Double(entry.offset) * 0.1)
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    let file = try TensorBoardFile(data, path: "events")
    #expect(file.count == 3 && !file.isCut)
    #expect(file.agrees(with: epochs) && file.agrees(with: epochs.prefix(1)))
    var others = epochs
    others[2].testAccuracy += 1e-3
    #expect(!file.agrees(with: others) && file.agrees(with: others.prefix(2)))
    #expect(!file.agrees(with: epochs.reversed()))
  }

  @Test func everyAlteredByteIsFoundOrCutsTheEnd() throws {
    let whole = try TensorBoardFile(data, path: "events")
    for place in data.indices {
      var altered = data
      altered[place] ^= 0x04
      #expect(throws: StoreError.self, "byte \(place)") {
        try TensorBoardFile(altered, path: "events")
      }
    }
    #expect(whole.count == 3)
  }

  @Test func everyCutLeavesTheWholeRecords() throws {
    for count in 0..<data.count {
      let file = try TensorBoardFile(data.prefix(count), path: "events")
      #expect(file.agrees(with: epochs) && file.count < 3)
      #expect(file.isCut || count == data.count || isBoundary(count))
    }
  }

  private func isBoundary(_ count: Int) -> Bool {
    var ends = [TensorBoardEvents.header(time: 5).count]
    for epoch in epochs {
      ends.append((ends.last ?? 0) + TensorBoardEvents.record(of: epoch, time: 0).count)
    }
    return ends.contains(count)
  }
}
