import Foundation
import NN
import Torch

/// A residual block: h + conv(silu(norm(h) + shift)), with the shift from time and label.
struct DenoisingBlock {
  private let norm: GroupNorm
  private let convolution: Conv2d
  private let embedding: Linear

  init(channels: Int, embedding size: Int, at path: ParameterPath) {
    norm = GroupNorm(
      groups: DenoisingNetwork.groups(of: channels), channels: channels, at: path / "norm")
    convolution = Conv2d(
      inputs: channels, outputs: channels, kernel: 3, padding: 1, at: path / "conv")
    embedding = Linear(inputs: size, outputs: channels, at: path / "embedding")
  }

  /// The shift of a conditioning vector, b x channels x 1 x 1.
  func shift(_ conditioning: Tensor) -> Tensor {
    embedding(conditioning).reshape([conditioning.shape[0], -1, 1, 1])
  }

  func callAsFunction(_ h: Tensor, shift: Tensor) -> Tensor {
    h + convolution((norm(h) + shift).silu())
  }
}

/// The encoder half of the denoiser, which the control branch copies.
struct DenoisingEncoder {
  let input: Conv2d
  let blocks: [DenoisingBlock]

  init(_ size: DenoiserSize, imageChannels: Int, at path: ParameterPath) {
    input = Conv2d(
      inputs: size.gridChannels(ofImage: imageChannels), outputs: size.channels, kernel: 3,
      padding: 1, at: path / "input")
    blocks = (0..<size.blocks).map {
      DenoisingBlock(
        channels: size.channels, embedding: size.embedding, at: path / "blocks" / $0)
    }
  }
}

/// The sizes of the denoiser.
public struct DenoiserSize: Codable, Hashable, Sendable {
  /// The side of the square of pixels that becomes one grid position.
  public var patch: Int
  /// The channels of all blocks.
  public var channels: Int
  /// The dimensions of the conditioning vector.
  public var embedding: Int
  /// The blocks of the encoder, and of the decoder.
  public var blocks: Int
  /// The blocks between them.
  public var middleBlocks: Int

  /// Creates sizes.
  public init(patch: Int, channels: Int, embedding: Int, blocks: Int, middleBlocks: Int) {
    self.patch = patch
    self.channels = channels
    self.embedding = embedding
    self.blocks = blocks
    self.middleBlocks = middleBlocks
  }

  /// The channels that an image has on the grid: every pixel of a patch in every channel of the image.
  func gridChannels(ofImage channels: Int) -> Int { channels * patch * patch }
}

/// A label-conditioned denoiser on the space-to-depth grid of a small image; it predicts v = α ε − σ x₀.
///
/// Ho, Jain and Abbeel, 2020, with the v-parametrisation of Salimans and Ho, 2022. One resolution, skip connections
/// between encoder and decoder as in a U-Net, no attention. The label `classes` stands for no label.
public struct DenoisingNetwork {
  /// Groups of eight channels, the width that vectorised normalisation of channels-last images wants.
  static func groups(of channels: Int) -> Int { max(1, channels / 8) }
  /// The sines and cosines of the time embedding: 16 frequencies each, from 1 to 1000.
  private static let frequencyCount = 16

  let encoder: DenoisingEncoder
  private let middle: [DenoisingBlock]
  private let decoder: [DenoisingBlock]
  private let skips: [Conv2d]
  private let outputNorm: GroupNorm
  private let output: Conv2d
  private let timeHidden: Linear
  private let timeOutput: Linear
  private let labels: Tensor
  private let frequencies: Tensor

  /// Creates the network's tensors under a path.
  ///
  /// - Parameters:
  ///   - size: The sizes.
  ///   - imageChannels: The channels of the images: 1 for grey, 3 for colour.
  ///   - classes: The number of labels, without the one that stands for none.
  ///   - path: Where the parameters lie.
  public init(
    _ size: DenoiserSize, imageChannels: Int = 1, classes: Int, at path: ParameterPath
  ) {
    encoder = DenoisingEncoder(size, imageChannels: imageChannels, at: path / "encoder")
    middle = (0..<size.middleBlocks).map {
      DenoisingBlock(
        channels: size.channels, embedding: size.embedding, at: path / "middle" / $0)
    }
    decoder = (0..<size.blocks).map {
      DenoisingBlock(
        channels: size.channels, embedding: size.embedding, at: path / "decoder" / $0)
    }
    skips = (0..<size.blocks).map {
      Conv2d(inputs: size.channels, outputs: size.channels, kernel: 1, at: path / "skips" / $0)
    }
    outputNorm = GroupNorm(
      groups: Self.groups(of: size.channels), channels: size.channels, at: path / "output_norm")
    output = Conv2d(
      inputs: size.channels, outputs: size.gridChannels(ofImage: imageChannels), kernel: 3,
      padding: 1, initial: .constant(0), at: path / "output")
    timeHidden = Linear(
      inputs: 2 * Self.frequencyCount, outputs: size.embedding, at: path / "time" / 0)
    timeOutput = Linear(inputs: size.embedding, outputs: size.embedding, at: path / "time" / 2)
    labels = (path / "labels").parameter(
      "weight", shape: [classes + 1, size.embedding], initial: .normal(standardDeviation: 1))
    let last = Double(Self.frequencyCount - 1)
    frequencies = path.constant(
      (0..<Self.frequencyCount).map { Float(exp(log(1000) * Double($0) / last)) },
      shape: [1, Self.frequencyCount])
  }

  /// The conditioning vectors of times (b, in 0...1) and labels (b, int64), b x embedding.
  public func conditioning(times: Tensor, labels chosen: Tensor) -> Tensor {
    let angles = times.reshape([-1, 1]) * frequencies
    let waves = Tensor.concatenate([angles.sine(), angles.cosine()], along: 1)
    return (timeOutput(timeHidden(waves).silu()) + labels.select(chosen)).silu()
  }

  /// All blocks' shifts for conditioning vectors, in the order in which they are applied.
  func shifts(_ conditioning: Tensor) -> [Tensor] {
    (encoder.blocks + middle + decoder).map { $0.shift(conditioning) }
  }

  /// The predicted v for a noisy grid, b x gridChannels x h x w.
  ///
  /// - Parameters:
  ///   - noisy: The grid at the time of the conditioning.
  ///   - shifts: From ``shifts(_:)``.
  ///   - control: What ``ControlBranch`` adds to each skip and to the middle; nil without control.
  /// - Returns: v on the same grid.
  func callAsFunction(_ noisy: Tensor, shifts: [Tensor], control: [Tensor]? = nil) -> Tensor {
    var remaining = shifts[...]
    var h = encoder.input(noisy)
    var kept: [Tensor] = []
    for block in encoder.blocks {
      h = block(h, shift: remaining.removeFirst())
      kept.append(h)
    }
    for block in middle { h = block(h, shift: remaining.removeFirst()) }
    if let control {
      for (index, addition) in control.dropLast().enumerated() {
        kept[index] = kept[index] + addition
      }
      if let addition = control.last { h = h + addition }
    }
    for (block, skip) in zip(decoder, skips) {
      h = block(h + skip(kept.removeLast()), shift: remaining.removeFirst())
    }
    return output(outputNorm(h).silu())
  }
}
