import Testing
import Torch
import TorchTestSupport

struct TensorShapeTests {
  private let matrix = Tensor.from([0, 1, 2, 3, 4, 5] as [Float], shape: [2, 3])

  @Test func conversionRoundsTowardsZeroAndKeepsTheDevice() {
    let values = Tensor.from([1.9, -1.9, 0] as [Float], shape: [3])
    #expect(values.to(.int64).array(of: Int.self) == [1, -1, 0])
    #expect(values.to(.bool).bytes() == [1, 1, 0])
    #expect(values.to(.float64).type == .float64)
    #expect(values.to().type == .float32)
    // bfloat16 keeps 8 bits of significand.
    expectTensor(Tensor.from([1.003_906_25 as Float], shape: [1]).to(.bfloat16), [1], shape: [1])
    expectTensor(
      Tensor.from([1.007_812_5 as Float], shape: [1]).to(.bfloat16), [1.0078125], shape: [1])
  }

  @Test func reshapePermuteAndNarrow() {
    expectTensor(matrix.reshape([3, -1]), [0, 1, 2, 3, 4, 5], shape: [3, 2])
    expectTensor(matrix.permute([1, 0]), [0, 3, 1, 4, 2, 5], shape: [3, 2])
    expectTensor(matrix.narrow(1, from: 1, length: 2), [1, 2, 4, 5], shape: [2, 2])
  }

  @Test func narrowIsAViewAndCloneIsNot() {
    let whole = Tensor.zeros([4])
    let copy = whole.clone()
    whole.narrow(0, from: 1, length: 2).fill(7)
    expectTensor(whole, [0, 7, 7, 0], shape: [4])
    expectTensor(copy, [0, 0, 0, 0], shape: [4])
    copy.copy(from: whole)
    expectTensor(copy, [0, 7, 7, 0], shape: [4])
  }

  @Test func copyAndFillLeaveParametersTrainable() {
    let weight = Tensor.zeros([2]).requiringGradient()
    weight.fill(3)
    weight.copy(from: Tensor.from([1, 2] as [Float], shape: [2]))
    (weight * weight).sum().backward()
    expectTensor(weight.gradient, [2, 4], shape: [2])
  }

  @Test func joining() {
    let row = Tensor.from([9, 8, 7] as [Float], shape: [1, 3])
    expectTensor(.concatenate([matrix, row]), [0, 1, 2, 3, 4, 5, 9, 8, 7], shape: [3, 3])
    expectTensor(
      .concatenate([matrix, matrix], along: 1), [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5],
      shape: [2, 6])
    let pair = [Tensor.range(0..<2), Tensor.range(5..<7)]
    expectTensor(.stack(pair), [0, 1, 5, 6], shape: [2, 2])
    expectTensor(.stack(pair, along: 1), [0, 5, 1, 6], shape: [2, 2])
  }

  @Test func picking() {
    expectTensor(
      matrix.select(.from([2, 0], shape: [2]), along: 1), [2, 0, 5, 3], shape: [2, 2])
    expectTensor(matrix.gather(.from([2, 0], shape: [2, 1]), along: 1), [2, 3], shape: [2, 1])
    let rows = Tensor.from([1, 0], shape: [2, 1])
    let columns = Tensor.from([0, 2], shape: [1, 2])
    expectTensor(matrix.indexed(by: [rows, columns]), [3, 5, 0, 2], shape: [2, 2])
    expectTensor(
      matrix.indexed(by: [nil, .from([1], shape: [1])]), [1, 4], shape: [2, 1])
  }

  @Test func replacing() {
    let target = matrix.clone()
    target.replace(
      at: .from([1, 0], shape: [2]),
      with: .from([10, 11, 12, 13, 14, 15] as [Float], shape: [2, 3]))
    expectTensor(target, [13, 14, 15, 10, 11, 12], shape: [2, 3])
    target.replace(at: .from([2], shape: [1]), with: .zeros([2, 1]), along: 1)
    expectTensor(target, [13, 14, 0, 10, 11, 0], shape: [2, 3])
  }

  @Test func oneHotRows() {
    let rows = Tensor.from([2, 0], shape: [2]).oneHot(classes: 3)
    #expect(rows.type == .int64)
    expectTensor(rows, [0, 0, 1, 1, 0, 0], shape: [2, 3])
  }

  @Test func paddingOfBytesKeepsTheType() {
    let image = Tensor.from([1, 2] as [UInt8], shape: [1, 2]).padded([1, 0], value: 9)
    #expect(image.type == .uint8)
    expectTensor(image, [9, 1, 2], shape: [1, 3])
  }
}
