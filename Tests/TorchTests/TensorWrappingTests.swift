import Foundation
import Synchronization
import Testing
import Torch
import TorchTestSupport

struct TensorWrappingTests {
  /// Bytes that say when they have gone.
  private final class Owner: Sendable {
    nonisolated(unsafe) let bytes: UnsafeMutableRawBufferPointer  // Only written here.
    private let gone: Counter

    init(_ values: [UInt8], gone: Counter) {
      self.gone = gone
      bytes = .allocate(byteCount: values.count, alignment: 1)
      bytes.copyBytes(from: values)
    }

    deinit {
      bytes.deallocate()
      gone.add()
    }
  }

  private final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func add() { value.withLock { $0 += 1 } }
  }

  private let gone = Counter()

  private func wrapped(_ values: [UInt8], shape: [Int]) -> Tensor {
    let owner = Owner(values, gone: gone)
    return .wrapping(
      bytes: UnsafeRawBufferPointer(owner.bytes), owner: owner, shape: shape, type: .uint8)
  }

  @Test func theTensorHasTheBytesInRowMajorOrder() {
    let tensor = wrapped([1, 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(tensor.shape == [2, 3] && tensor.type == .uint8 && tensor.device == .cpu)
    #expect(tensor.bytes() == [1, 2, 3, 4, 5, 6])
    #expect(tensor.select(.from([1], shape: [1])).array(of: UInt8.self) == [4, 5, 6])
  }

  @Test func nothingIsCopied() {
    let owner = Owner([1, 2], gone: gone)
    let tensor = Tensor.wrapping(
      bytes: UnsafeRawBufferPointer(owner.bytes), owner: owner, shape: [2], type: .uint8)
    owner.bytes[1] = 9
    #expect(tensor.bytes() == [1, 9])
  }

  @Test func theOwnerLivesAsLongAsTheLastTensorOverIt() {
    var tensor: Tensor? = wrapped([1, 2, 3, 4], shape: [4])
    var view = tensor?.narrow(0, from: 1, length: 2)
    #expect(gone.count == 0)
    tensor = nil
    #expect(gone.count == 0 && view?.bytes() == [2, 3])
    view = nil
    #expect(gone.count == 1)
  }

  @Test func aWrongSizeIsRefusedAndTheOwnerGivenBack() {
    expectNoTensorLeak {
      for shape in [[3], [5], [2, -2], [4, 0]] {
        #expect(throws: TorchError.self) {
          try withTorchErrors { _ = wrapped([1, 2, 3, 4], shape: shape) }
        }
      }
    }
    #expect(gone.count == 4)
  }

  @Test func noBytesAreAnEmptyTensor() {
    let tensor = wrapped([], shape: [0, 3])
    #expect(tensor.shape == [0, 3] && tensor.bytes().isEmpty)
    #expect(gone.count == 1)
  }

  @Test func largerElementsKeepTheirValues() {
    let bytes = [Float(1.5), -2].withUnsafeBytes { [UInt8]($0) }
    let owner = Owner(bytes, gone: gone)
    let tensor = Tensor.wrapping(
      bytes: UnsafeRawBufferPointer(owner.bytes), owner: owner, shape: [2], type: .float32)
    #expect(tensor.array(of: Float.self) == [1.5, -2])
  }
}
