import Testing
import Torch
import TorchTestSupport

struct AutogradTests {
  private let weight = Tensor.from([2, -3] as [Float], shape: [2]).requiringGradient()

  @Test func gradientsAddUpAndAreClearedByName() {
    #expect(!weight.gradient.isDefined)
    (weight * weight).sum().backward()
    expectTensor(weight.gradient, [4, -6], shape: [2])
    (weight * 1).sum().backward()
    expectTensor(weight.gradient, [5, -5], shape: [2])
    OptimizerSteps.clearGradients([weight])
    #expect(!weight.gradient.isDefined)
  }

  @Test func detachedValuesHaveNoGradient() {
    (weight.detached() * weight).sum().backward()
    expectTensor(weight.gradient, [2, -3], shape: [2])
    weight.requiringGradient(false)
    #expect(throws: TorchError.self) { try withTorchErrors { weight.sum().backward() } }
  }

  @Test func nothingIsRecordedWithoutGradient() throws {
    let product = withoutGradient { weight * 3 }
    #expect(throws: TorchError.self) { try withTorchErrors { product.sum().backward() } }
    // The scope ends with its body, also when that throws, and nests.
    struct Stop: Error {}
    #expect(throws: Stop.self) { try withoutGradient { throw Stop() } }
    withoutGradient { withoutGradient {} }
    (weight * 3).sum().backward()
    expectTensor(weight.gradient, [3, 3], shape: [2])
  }

  @Test func autocastComputesProductsInBfloat16() {
    var generator = SplitMix(seed: 4)
    func random(_ shape: [Int]) -> Tensor {
      let count = shape.reduce(1, *)
      return .from(
        (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }, shape: shape)
    }
    let (a, b) = (random([8, 16]), random([16, 4]))
    let exact = a.matmul(b)
    let rounded = withAutocast(to: .bfloat16, on: .cpu) { a.matmul(b) }
    #expect(rounded.type == .bfloat16)
    expectTensor(rounded, exact, relative: 0.02, absolute: 0.05)
    #expect(rounded.to(.float32).bytes() != exact.bytes())
    let (image, kernel) = (random([2, 3, 6, 6]).channelsLast(), random([4, 3, 3, 3]))
    let convolved = withAutocast(to: .bfloat16, on: .cpu) {
      image.conv2d(weight: kernel, padding: 1)
    }
    #expect(convolved.type == .bfloat16)
    expectTensor(
      convolved, image.conv2d(weight: kernel, padding: 1), relative: 0.02, absolute: 0.08)
  }

  @Test func autocastLeavesNoTrace() {
    let a = Tensor.full(1.001, shape: [2, 2])
    let before = a.matmul(a)
    struct Stop: Error {}
    #expect(throws: Stop.self) { try withAutocast(to: .bfloat16, on: .cpu) { throw Stop() } }
    withAutocast(to: .bfloat16, on: .cpu) {
      _ = withAutocast(to: .bfloat16, on: .cpu) { a.matmul(a) }
      #expect(a.matmul(a).type == .bfloat16, "the outer scope goes on")
    }
    expectIdentical(a.matmul(a), before)
  }

  /// A weight that was cast inside a scope is cast anew after it has changed.
  @Test func autocastSeesChangedParameters() {
    let a = Tensor.full(1, shape: [1, 1])
    let weight = Tensor.full(1, shape: [1, 1]).requiringGradient()
    let first = withAutocast(to: .bfloat16, on: .cpu) { a.linear(weight: weight, bias: nil) }
    weight.fill(2)
    let second = withAutocast(to: .bfloat16, on: .cpu) { a.linear(weight: weight, bias: nil) }
    #expect(first.to(.float32).item() == 1)
    #expect(second.to(.float32).item() == 2)
    second.to(.float32).sum().backward()
    #expect(weight.gradient.type == .float32)
    expectTensor(weight.gradient, [1], shape: [1, 1])
  }
}
