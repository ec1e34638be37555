import Foundation
import Testing
import TorchTestSupport

@testable import Datasets

struct PixelBytesTests {
  private let bytes = PixelBytes([5, 6, 7, 8, 9])

  @Test func itIsACollectionOfItsBytes() {
    #expect(Array(bytes) == [5, 6, 7, 8, 9])
    #expect(bytes.count == 5 && bytes.first == 5 && bytes[4] == 9)
    #expect(Array(bytes[1..<3]) == [6, 7])
    #expect(Array(bytes.prefix(2)) == [5, 6])
    #expect(bytes.reversed() == [9, 8, 7, 6, 5])
    #expect(bytes.withContiguousStorageIfAvailable { $0.reduce(0) { $0 + Int($1) } } == 35)
    #expect(PixelBytes([]).isEmpty && PixelBytes([]).withUnsafeBytes { $0.isEmpty })
  }

  @Test func partsCountFromZero() {
    let part = bytes.part(1..<4)
    #expect(Array(part) == [6, 7, 8] && part[0] == 6)
    #expect(Array(part.part(2..<3)) == [8])
    #expect(bytes.part(5..<5).isEmpty)
  }

  @Test func equalityAndHashAreOfTheBytesAlone() {
    #expect(bytes == PixelBytes([5, 6, 7, 8, 9]) && bytes == bytes)
    #expect(bytes.part(1..<3) == PixelBytes([6, 7]))
    #expect(bytes != PixelBytes([5, 6, 7, 8]) && bytes != PixelBytes([5, 6, 7, 8, 0]))
    #expect(PixelBytes([]) == PixelBytes([]))
    #expect(Set([bytes, PixelBytes([5, 6, 7, 8, 9]), bytes.part(0..<1)]).count == 2)
  }

  @Test func tensorsShareTheMemoryAndKeepIt() {
    expectNoTensorLeak {
      func tensor() -> (address: UInt, tensor: [UInt8], view: [UInt8]) {
        let held = PixelBytes((0..<12).map { UInt8($0) })
        let address = held.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
        let tensor = held.part(4..<12).tensor(shape: [2, 4], on: .cpu)
        return (address, tensor.bytes(), tensor.narrow(0, from: 1, length: 1).bytes())
      }
      #expect(tensor().tensor == [4, 5, 6, 7, 8, 9, 10, 11])
      #expect(tensor().view == [8, 9, 10, 11])
    }
    let tensor = PixelBytes([1, 2, 3]).tensor(shape: [3], on: .cpu)
    #expect(tensor.bytes() == [1, 2, 3])
  }

  @Test func bytesOutsideStopTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = PixelBytes([1, 2])[2] }
    await #expect(processExitsWith: .failure) { _ = PixelBytes([1, 2]).part(1..<3) }
    await #expect(processExitsWith: .failure) { _ = PixelBytes([1, 2]).part(0..<1)[1] }
  }

  @Test func writingIntoThemStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      PixelBytes([1, 2, 3]).tensor(shape: [3], on: .cpu).fill(0)
    }
  }
}
