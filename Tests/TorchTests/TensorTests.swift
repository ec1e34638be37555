import Testing
import Torch
import TorchTestSupport

struct TensorTests {
  @Test func valuesComeBackAsTheyWere() {
    #expect(
      Tensor.from([1.5, -2, 0] as [Float], shape: [3]).array(of: Float.self) == [1.5, -2, 0])
    #expect(Tensor.from([0.1, 1e300], shape: [2, 1]).array(of: Double.self) == [0.1, 1e300])
    #expect(Tensor.from([Int.max, -1], shape: [2]).array(of: Int.self) == [Int.max, -1])
    #expect(Tensor.from([7] as [Int64], shape: [1]).array(of: Int64.self) == [7])
    #expect(Tensor.from([0, 255] as [UInt8], shape: [2]).array(of: UInt8.self) == [0, 255])
  }

  @Test func emptyTensorsAndScalarsHaveShapes() {
    let empty = Tensor.from([Float](), shape: [0, 3])
    #expect(empty.shape == [0, 3])
    #expect(empty.count == 0)
    #expect(empty.array(of: Float.self).isEmpty)
    #expect(empty.bytes().isEmpty)
    let scalar = Tensor.from([2.5], shape: [])
    #expect(scalar.rank == 0)
    #expect(scalar.count == 1)
    #expect(scalar.item() == 2.5)
  }

  @Test func constantsAndRanges() {
    expectTensor(.full(2.5, shape: [2, 2]), [2.5, 2.5, 2.5, 2.5], shape: [2, 2])
    let zeros = Tensor.zeros([2], type: .uint8)
    #expect(zeros.type == .uint8)
    #expect(zeros.array(of: UInt8.self) == [0, 0])
    #expect(Tensor.range(-1..<3).array(of: Int.self) == [-1, 0, 1, 2])
    #expect(Tensor.range(5..<5).shape == [0])
  }

  @Test func bytesAreLittleEndianInRowMajorOrder() {
    let matrix = Tensor.from([1, 2, 3, 4] as [UInt8], shape: [2, 2])
    #expect(matrix.bytes() == [1, 2, 3, 4])
    #expect(matrix.permute([1, 0]).bytes() == [1, 3, 2, 4])
    #expect(Tensor.from([258], shape: [1]).bytes() == [2, 1, 0, 0, 0, 0, 0, 0])
    #expect(Tensor.full(1, shape: [1], type: .bfloat16).bytes() == [0x80, 0x3F])
    #expect(Tensor.full(1, shape: [2], type: .bool).bytes() == [1, 1])
  }

  @Test func summaryNamesTypeAndShape() throws {
    #expect(Tensor.zeros([128, 10]).summary == "float32[128, 10]")
    #expect(Tensor.zeros([], type: .int64).summary == "int64[]")
    #expect(Tensor.zeros([1]).gradient.summary == "undefined")
    #expect(Tensor.zeros([1]).gradient.type == nil)
    #expect(Tensor.zeros([1]).gradient.array(of: Float.self).isEmpty)
    #expect(Tensor.zeros([1]).device == .cpu)
  }

  @Test func channelsLastChangesTheMemoryOnly() {
    let image = Tensor.range(0..<12).reshape([1, 3, 2, 2])
    let last = image.channelsLast()
    #expect(last.isChannelsLast)
    #expect(!image.isChannelsLast)
    #expect(last.shape == image.shape)
    #expect(last.array(of: Int.self) == Array(0..<12))
    #expect(!last.contiguous().isChannelsLast)
  }

  @Test(arguments: ElementType.allCases)
  func bytesPerElementAreLibtorchs(type: ElementType) {
    #expect(Tensor.zeros([3], type: type).bytes().count == 3 * type.byteCount)
    #expect(Tensor.zeros([3], type: type).type == type)
  }
}
