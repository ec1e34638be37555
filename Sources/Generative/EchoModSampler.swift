import SeededRandom
import Torch

/// Makes modified images: DDIM with label guidance and edge control.
///
/// Batches always have the same size, and what depends on label and step is tabulated, so that an image does not depend on
/// what else is in its batch. Its noise is keyed by the image and the label.
public final class EchoModSampler {
  /// The number of images that are made at a time, unless another is asked for.
  public static let batchSize = 128

  private let model: EchoModModel
  private let sampling: EchoModConfiguration.Sampling
  private let stream: SeedStream
  private let height: Int
  private let width: Int
  private let batchSize: Int
  /// The bytes of an image.
  private let imageSize: Int
  /// Per step and block, the shifts of every label; the last row is for no label.
  private let tables: [(denoiser: [Tensor], control: [Tensor])]

  /// Prepares sampling from a trained model.
  ///
  /// - Parameters:
  ///   - model: The trained model.
  ///   - height: The number of rows of the images.
  ///   - width: The number of columns of the images.
  ///   - stream: The stream of the noise that images start from.
  ///   - sampling: Other settings than the model's own, to compare operating points.
  ///   - batchSize: The number of images made at a time; it may change the last bits of an image.
  public init(
    _ model: EchoModModel, height: Int, width: Int, stream: SeedStream,
    sampling: EchoModConfiguration.Sampling? = nil, batchSize: Int = EchoModSampler.batchSize
  ) {
    precondition(batchSize > 0, "expected batches of at least one image, found \(batchSize)")
    self.model = model
    self.sampling = sampling ?? model.configuration.sampling
    self.stream = stream
    self.batchSize = batchSize
    self.height = height
    self.width = width
    imageSize = model.channels * height * width
    let steps = self.sampling.steps
    tables = withoutGradient {
      (0..<steps).map { step in
        let count = model.classes + 1
        let times = Tensor.full(Self.time(of: step, steps: steps), shape: [count], on: model.device)
        let conditioning = model.denoiser.conditioning(
          times: times, labels: .range(0..<count, on: model.device))
        return (model.denoiser.shifts(conditioning), model.branch.shifts(conditioning))
      }
    }
  }

  private static func time(of step: Int, steps: Int) -> Double {
    1 - Double(step) / Double(steps)
  }

  /// The modified images of originals under labels.
  ///
  /// - Parameters:
  ///   - originals: At most a batch of images of channels x height x width bytes.
  ///   - labels: The label that each is to fit.
  ///   - identifiers: The stable number of each original; with its label it keys the noise.
  /// - Returns: The modified images in the same order, as bytes.
  public func sample(originals: [[UInt8]], labels: [Int], identifiers: [Int]) -> [[UInt8]] {
    let count = originals.count
    precondition(
      count > 0 && count <= batchSize && labels.count == count && identifiers.count == count,
      "expected 1 to \(batchSize) originals with a label each, found \(count)")
    let padding = batchSize - count
    let allLabels = labels + [Int](repeating: labels[0], count: padding)
    precondition(
      originals.allSatisfy { $0.count == imageSize }, "an image does not have \(imageSize) bytes")
    let pixels = originals.flatMap { $0 } + [UInt8](repeating: 0, count: padding * imageSize)
    var noise: [Float] = []
    noise.reserveCapacity(pixels.count)
    for (identifier, label) in zip(identifiers, labels) {
      var generator = stream.generator(UInt64(identifier), UInt64(label))
      for _ in 0..<imageSize { noise.append(Float(generator.normal())) }
    }
    noise += [Float](repeating: 0, count: padding * imageSize)
    return withoutGradient {
      let hint = model.hint(
        pixels: pixels, count: batchSize, height: height, width: width)
      // Drawn on the grid, whose side is the hint's.
      let shape = [hint.shape[0], model.channels * hint.shape[1]] + hint.shape[2...]
      let start = Tensor.from(noise, shape: shape, on: model.device).channelsLast()
      let index = Tensor.from(allLabels, shape: [batchSize], on: model.device)
      let bytes = model.images(denoise(start, labels: index, hint: hint)).array(of: UInt8.self)
      return (0..<count).map { Array(bytes[($0 * imageSize)..<(($0 + 1) * imageSize)]) }
    }
  }

  private func denoise(_ start: Tensor, labels: Tensor, hint: Tensor) -> Tensor {
    let unlabelled = Tensor.full(
      Double(model.classes), shape: [batchSize], type: .int64, on: model.device)
    let features = model.branch.features(ofHint: hint)
    var x = start
    for step in 0..<sampling.steps {
      let time = Self.time(of: step, steps: sampling.steps)
      let (signal, noise) = (DiffusionSchedule.signal(at: time), DiffusionSchedule.noise(at: time))
      var control: [Tensor]?
      if sampling.controlledSteps.contains(step) {
        let additions = model.branch(
          x, hint: features, shifts: tables[step].control.map { $0.select(unlabelled) })
        control =
          sampling.controlWeight == 1 ? additions : additions.map { $0 * sampling.controlWeight }
      }
      var velocity = model.denoiser(
        x, shifts: tables[step].denoiser.map { $0.select(labels) }, control: control)
      if sampling.guidance != 1, sampling.guidedSteps.contains(step) {
        let plain = model.denoiser(
          x, shifts: tables[step].denoiser.map { $0.select(unlabelled) },
          control: sampling.controlsUnlabelled ? control : nil)
        velocity = plain + (velocity - plain) * sampling.guidance
      }
      var clean = x * signal - velocity * noise
      if sampling.limitsEstimate { clean = clean.clamped(to: -1...1) }
      guard step < sampling.steps - 1 else { return clean }
      let next = Self.time(of: step + 1, steps: sampling.steps)
      let estimate = (x - clean * signal) / noise
      x =
        clean * DiffusionSchedule.signal(at: next) + estimate * DiffusionSchedule.noise(at: next)
    }
    return x
  }
}
