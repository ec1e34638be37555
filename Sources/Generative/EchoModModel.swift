import NN
import SeededRandom
import Torch

/// The denoiser and its control branch, with their parameters.
public final class EchoModModel {
  /// Architecture, training and sampling.
  public let configuration: EchoModConfiguration
  /// The channels of an image: 1 for grey, 3 for colour (red, green, blue).
  public let channels: Int
  /// The number of classes; this number itself stands for no label.
  public let classes: Int
  let denoiser: DenoisingNetwork
  let branch: ControlBranch
  let denoiserStore: ParameterStore
  let branchStore: ParameterStore

  /// Creates untrained networks.
  ///
  /// - Parameters:
  ///   - configuration: Architecture, training and sampling.
  ///   - channels: The channels of an image, 1 or 3.
  ///   - classes: The number of classes.
  ///   - stream: The stream of the initial parameters.
  ///   - device: Where the parameters live.
  public init(
    _ configuration: EchoModConfiguration, channels: Int = 1, classes: Int, stream: SeedStream,
    on device: Device
  ) {
    precondition(channels == 1 || channels == 3, "images have 1 or 3 channels, not \(channels)")
    self.configuration = configuration
    self.channels = channels
    self.classes = classes
    denoiserStore = ParameterStore(stream: stream.substream("denoiser"), on: device)
    branchStore = ParameterStore(stream: stream.substream("control"), on: device)
    denoiser = DenoisingNetwork(
      configuration.size, imageChannels: channels, classes: classes, at: denoiserStore.root)
    branch = ControlBranch(configuration.size, imageChannels: channels, at: branchStore.root)
  }

  /// The device of the parameters.
  public var device: Device { denoiserStore.device }

  /// The number of trainable numbers, control branch included.
  public var parameterCount: Int { denoiserStore.parameterCount + branchStore.parameterCount }

  /// All parameters by name.
  public var state: [String: Tensor] {
    denoiserStore.state.named(under: "denoiser.")
      .merging(branchStore.state.named(under: "control.")) { first, _ in first }
  }

  /// Takes over saved parameters.
  ///
  /// - Throws: ``ParameterError`` when they do not fit.
  public func load(_ state: [String: Tensor]) throws {
    try denoiserStore.load(state.part("denoiser."))
    try branchStore.load(state.part("control."))
  }

  /// Starts the control branch as a copy of the denoiser's encoder, and freezes the denoiser.
  func startControl() throws {
    var state = branchStore.state
    for (name, tensor) in denoiserStore.state where name.hasPrefix("encoder.") {
      state[name] = tensor
    }
    try branchStore.load(state)
    freezeDenoiser()
  }

  func freezeDenoiser() {
    for parameter in denoiserStore.parameters { parameter.requiringGradient(false) }
  }

  /// Bytes (n x channels x h x w) as a grid in −1...1, n x channels · patch² x h / patch x w / patch.
  func grid(_ images: Tensor) -> Tensor {
    (images.to(.float32) * (1 / 127.5) - 1).pixelUnshuffled(factor: configuration.size.patch)
      .channelsLast()
  }

  /// A grid in −1...1 as bytes, the reverse of ``grid(_:)``.
  func images(_ grid: Tensor) -> Tensor {
    let pixels = grid.contiguous().pixelShuffled(factor: configuration.size.patch)
    return ((pixels + 1) * 127.5 + 0.5).clamped(to: 0...255).to(.uint8)
  }

  /// The edges of images on the host as a hint grid on the device; those of colour images are the edges of their
  /// luminance, so that a hint has one channel.
  func hint(pixels: [UInt8], count: Int, height: Int, width: Int) -> Tensor {
    let size = channels * height * width
    var edges: [UInt8] = []
    edges.reserveCapacity(count * height * width)
    for index in 0..<count {
      edges += configuration.canny.edges(
        of: pixels[(index * size)..<((index + 1) * size)], channels: channels, height: height,
        width: width)
    }
    return Tensor.from(edges, shape: [count, 1, height, width], on: device).to(.float32)
      .pixelUnshuffled(factor: configuration.size.patch).channelsLast()
  }
}
