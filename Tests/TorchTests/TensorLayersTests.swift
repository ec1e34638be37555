import Foundation
import Testing
import Torch
import TorchTestSupport

/// Layers by hand; Tests/TorchTests/ReferenceOperationTests.swift has them against PyTorch.
struct TensorLayersTests {
  @Test func matrixProducts() {
    let a = Tensor.from([1, 2, 3, 4] as [Float], shape: [2, 2])
    expectTensor(a.matmul(a), [7, 10, 15, 22], shape: [2, 2])
    let bias = Tensor.from([10, 20] as [Float], shape: [2])
    expectTensor(a.linear(weight: a, bias: bias), [15, 31, 21, 45], shape: [2, 2])
    expectTensor(a.linear(weight: a, bias: nil), [5, 11, 11, 25], shape: [2, 2])
  }

  @Test func convolutionIsACrossCorrelation() {
    let image = Tensor.from((1...9).map(Float.init), shape: [1, 1, 3, 3])
    let kernel = Tensor.from([1, 0, 0, -1] as [Float], shape: [1, 1, 2, 2])
    expectTensor(image.conv2d(weight: kernel), [-4, -4, -4, -4], shape: [1, 1, 2, 2])
    let bias = Tensor.full(10, shape: [1])
    expectTensor(
      image.conv2d(weight: kernel, bias: bias, stride: 2, padding: 1), [9, 7, 3, 6],
      shape: [1, 1, 2, 2])
  }

  /// Few channels: the case in which oneDNN 2.6 corrupts memory or gives wrong gradients.
  @Test(arguments: [4, 6, 7, 8])
  func stridedPointwiseConvolutionPicksPixels(channels: Int) {
    var generator = SplitMix(seed: 2)
    let values = (0..<4 * channels * 1024).map { _ in Float.random(in: -1...1, using: &generator) }
    let images = Tensor.from(values, shape: [4, channels, 32, 32]).channelsLast()
      .requiringGradient()
    let kernel = Tensor.full(1, shape: [16, channels, 1, 1]).channelsLast().requiringGradient()
    let output = images.conv2d(weight: kernel, stride: 2)
    output.sum().backward()
    let isPicked = (0..<1024).map { $0 / 32 % 2 == 0 && $0 % 2 == 0 }
    var sums = [Double](repeating: 0, count: channels)
    for (index, value) in values.enumerated() where isPicked[index % 1024] {
      sums[index / 1024 % channels] += Double(value)
    }
    #expect(output.shape == [4, 16, 16, 16])
    expectTensor(
      kernel.gradient, (0..<16).flatMap { _ in sums }, shape: [16, channels, 1, 1],
      absolute: 1e-3)
    let image = isPicked.map { $0 ? 16.0 : 0 }
    expectTensor(
      images.gradient, (0..<4 * channels).flatMap { _ in image }, shape: images.shape)
  }

  @Test func batchNormUsesBiasedVarianceAndKeepsTheUnbiasedOne() {
    let input = Tensor.from([1, 3] as [Float], shape: [2, 1])
    let (mean, variance) = (Tensor.zeros([1]), Tensor.full(1, shape: [1]))
    let (weight, bias) = (Tensor.full(2, shape: [1]), Tensor.full(1, shape: [1]))
    func output(training: Bool) -> Tensor {
      input.batchNorm(
        weight: weight, bias: bias, runningMean: mean, runningVariance: variance,
        training: training, momentum: 0.1, epsilon: 0)
    }
    expectTensor(output(training: true), [-1, 3], shape: [2, 1])
    expectTensor(mean, [0.2], shape: [1])
    expectTensor(variance, [1.1], shape: [1])
    let deviation = 1.1.squareRoot()
    expectTensor(
      output(training: false), [1 + 2 * 0.8 / deviation, 1 + 2 * 2.8 / deviation], shape: [2, 1])
    expectTensor(mean, [0.2], shape: [1], "evaluation changes nothing")
  }

  @Test func groupNormIsIndependentOfTheBatch() {
    let input = Tensor.from([1, 3, 10, 30, 5, 7, 2, 2] as [Float], shape: [2, 4, 1, 1])
    let (weight, bias) = (Tensor.full(1, shape: [4]), Tensor.zeros([4]))
    let both = input.groupNorm(groups: 2, weight: weight, bias: bias, epsilon: 1e-12)
    expectTensor(both, [-1, 1, -1, 1, -1, 1, 0, 0], shape: [2, 4, 1, 1])
  }

  @Test func poolingAndResampling() {
    let image = Tensor.from((1...4).map(Float.init), shape: [1, 1, 2, 2])
    expectTensor(image.maxPool2d(kernel: 2, stride: 2), [4], shape: [1, 1, 1, 1])
    expectTensor(
      image.upsampledNearest(height: 2, width: 4), [1, 1, 2, 2, 3, 3, 4, 4], shape: [1, 1, 2, 4])
    let folded = image.pixelUnshuffled(factor: 2)
    expectTensor(folded, [1, 2, 3, 4], shape: [1, 4, 1, 1])
    expectTensor(folded.pixelShuffled(factor: 2), image)
  }

  @Test func softmaxAndCrossEntropy() {
    let logits = Tensor.from([0, log(3.0), 1000, 0] as [Double], shape: [2, 2])
    expectTensor(logits.softmax(along: 1), [0.25, 0.75, 1, 0], shape: [2, 2])
    expectTensor(
      logits.logSoftmax(along: 1), [log(0.25), log(0.75), 0, -1000], shape: [2, 2])
    expectTensor(
      logits.crossEntropy(targets: .from([1, 1], shape: [2])), [-log(0.75), 1000], shape: [2])
  }
}
