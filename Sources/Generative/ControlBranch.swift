import NN
import Torch

/// A trainable copy of the denoiser's encoder that reads an edge hint and adds to the frozen denoiser through
/// convolutions that start at zero.
///
/// Zhang, Rao and Agrawala, "Adding Conditional Control to Text-to-Image Diffusion Models", 2023. It is conditioned on
/// time alone, never on the label, so that structure and label come from different parts.
public struct ControlBranch {
  private let encoder: DenoisingEncoder
  private let hint: Conv2d
  private let hintZero: Conv2d
  private let zeros: [Conv2d]

  /// Creates the branch's tensors under a path.
  ///
  /// - Parameters:
  ///   - size: The sizes of the denoiser.
  ///   - imageChannels: The channels of the images: 1 for grey, 3 for colour; the hint has one.
  ///   - path: Where the parameters lie.
  public init(_ size: DenoiserSize, imageChannels: Int = 1, at path: ParameterPath) {
    encoder = DenoisingEncoder(size, imageChannels: imageChannels, at: path / "encoder")
    func zero(_ path: ParameterPath) -> Conv2d {
      Conv2d(
        inputs: size.channels, outputs: size.channels, kernel: 1, initial: .constant(0), at: path)
    }
    hint = Conv2d(
      inputs: size.gridChannels(ofImage: 1), outputs: size.channels, kernel: 3, padding: 1,
      at: path / "hint")
    hintZero = zero(path / "hint_zero")
    zeros = (0...size.blocks).map { zero(path / "zeros" / $0) }
  }

  /// The shifts of the branch's blocks.
  func shifts(_ conditioning: Tensor) -> [Tensor] { encoder.blocks.map { $0.shift(conditioning) } }

  /// The hint's own features, which are the same in every sampling step.
  func features(ofHint edges: Tensor) -> Tensor { hintZero(hint(edges).silu()) }

  /// What is added to each skip connection, and last to the middle.
  func callAsFunction(_ noisy: Tensor, hint features: Tensor, shifts: [Tensor]) -> [Tensor] {
    var h = encoder.input(noisy) + features
    var additions: [Tensor] = []
    for (index, block) in encoder.blocks.enumerated() {
      h = block(h, shift: shifts[index])
      additions.append(zeros[index](h))
    }
    return additions + [zeros[encoder.blocks.count](h)]
  }
}
