import Foundation
import Testing
import Torch
import TorchTestSupport

struct TensorArithmeticTests {
  private let a = Tensor.from([1, -2, 3, 0.5] as [Float], shape: [2, 2])
  private let b = Tensor.from([4, 2] as [Float], shape: [2])

  @Test func twoTensorsBroadcast() {
    expectTensor(a + b, [5, 0, 7, 2.5], shape: [2, 2])
    expectTensor(a - b, [-3, -4, -1, -1.5], shape: [2, 2])
    expectTensor(a * b, [4, -4, 12, 1], shape: [2, 2])
    expectTensor(a / b, [0.25, -1, 0.75, 0.25], shape: [2, 2])
  }

  @Test func aTensorAndANumber() {
    expectTensor(a + 1, [2, -1, 4, 1.5], shape: [2, 2])
    expectTensor(a - 1, [0, -3, 2, -0.5], shape: [2, 2])
    expectTensor(1 - a, [0, 3, -2, 0.5], shape: [2, 2])
    expectTensor(a * 2, [2, -4, 6, 1], shape: [2, 2])
    expectTensor(2 * a, [2, -4, 6, 1], shape: [2, 2])
    expectTensor(a / 2, [0.5, -1, 1.5, 0.25], shape: [2, 2])
    expectTensor(-a, [-1, 2, -3, -0.5], shape: [2, 2])
    expectTensor(a.power(2), [1, 4, 9, 0.25], shape: [2, 2])
  }

  @Test func elementWiseFunctions() {
    expectTensor(Tensor.from([0, 1], shape: [2]).exp(), [1, M_E], shape: [2])
    expectTensor(Tensor.from([1, M_E], shape: [2]).log(), [0, 1], shape: [2])
    expectTensor(Tensor.from([0, Double.pi / 2], shape: [2]).sine(), [0, 1], shape: [2])
    expectTensor(Tensor.from([0, Double.pi], shape: [2]).cosine(), [1, -1], shape: [2])
    expectTensor(Tensor.from([4, 2.25], shape: [2]).squareRoot(), [2, 1.5], shape: [2])
    expectTensor(a.relu(), [1, 0, 3, 0.5], shape: [2, 2])
    // x / (1 + e^-x) at 0 and ln 3.
    expectTensor(
      Tensor.from([0, log(3.0)], shape: [2]).silu(), [0, 0.75 * log(3.0)],
      shape: [2])
    expectTensor(a.clamped(to: -1...2), [1, -1, 2, 0.5], shape: [2, 2])
  }

  @Test func conditions() {
    #expect(a.isGreater(than: 0.5).bytes() == [1, 0, 1, 0])
    #expect(a.isGreater(than: 0.5).type == .bool)
    #expect(a.isEqual(to: .full(-2, shape: [1])).bytes() == [0, 1, 0, 0])
    let odd = Tensor.from([1, Float.nan, .infinity, -.infinity], shape: [4])
    #expect(odd.isFinite().bytes() == [1, 0, 0, 0])
    expectTensor(
      .choose(where: a.isGreater(than: 0), a, else: .zeros([1])), [1, 0, 3, 0.5], shape: [2, 2])
  }

  @Test func reductions() {
    expectTensor(a.sum(), [2.5], shape: [])
    expectTensor(a.sum(along: [0]), [4, -1.5], shape: [2])
    expectTensor(a.sum(along: [1], keepDimensions: true), [-1, 3.5], shape: [2, 1])
    expectTensor(a.mean(), [0.625], shape: [])
    expectTensor(a.mean(along: [1]), [-0.5, 1.75], shape: [2])
    expectTensor(a.max(along: 1), [1, 3], shape: [2])
    expectTensor(a.max(along: 0), [3, 0.5], shape: [2])
    #expect(a.argmax(along: 1).array(of: Int.self) == [0, 0])
    #expect(a.argmax(along: 0).array(of: Int.self) == [1, 1])
    #expect(
      Tensor.from([true, true, false].map { $0 ? 1 : 0 }, shape: [3]).to(.bool).sum().item() == 2)
  }

  @Test func ordersAreStable() {
    let values = Tensor.from([3, 1, 3, 1] as [Float], shape: [4])
    #expect(values.argsort(along: 0).array(of: Int.self) == [1, 3, 0, 2])
    #expect(values.argsort(along: 0, descending: true).array(of: Int.self) == [0, 2, 1, 3])
  }

  /// A number is a floating-point number, so that integers do not stay integers.
  @Test func aNumberTurnsIntegersIntoSinglePrecision() {
    #expect((Tensor.range(0..<2) + 1).type == .float32)
    #expect((Tensor.range(0..<2) * 2).type == .float32)
    #expect((Tensor.range(0..<2) + Tensor.range(0..<2)).type == .int64)
  }
}
