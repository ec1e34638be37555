import NN
import SeededRandom
import Torch

/// The denoiser and its control branch, with their parameters.
public final class EchoModModel {
  /// Architecture, training and sampling.
  public let configuration: EchoModConfiguration
  /// The number of classes; this number itself stands for no label.
  public let classes: Int
  let denoiser: DenoisingNetwork
  let branch: ControlBranch
  let denoiserStore: ParameterStore
  let branchStore: ParameterStore

  /// Creates untrained networks.
  public init(
    _ configuration: EchoModConfiguration, classes: Int, stream: SeedStream, on device: Device
  ) {
    self.configuration = configuration
    self.classes = classes
    denoiserStore = ParameterStore(stream: stream.substream("denoiser"), on: device)
    branchStore = ParameterStore(stream: stream.substream("control"), on: device)
    denoiser = DenoisingNetwork(configuration.size, classes: classes, at: denoiserStore.root)
    branch = ControlBranch(configuration.size, at: branchStore.root)
  }

  /// The device of the parameters.
  public var device: Device { denoiserStore.device }

  /// The number of trainable numbers, control branch included.
  public var parameterCount: Int { denoiserStore.parameterCount + branchStore.parameterCount }

  /// All parameters by name.
  public var state: [String: Tensor] {
    var result: [String: Tensor] = [:]
    for (name, tensor) in denoiserStore.state { result["denoiser.\(name)"] = tensor }
    for (name, tensor) in branchStore.state { result["control.\(name)"] = tensor }
    return result
  }

  /// Takes over saved parameters.
  ///
  /// - Throws: ``ParameterError`` when they do not fit.
  public func load(_ state: [String: Tensor]) throws {
    func part(_ prefix: String) -> [String: Tensor] {
      state.reduce(into: [:]) { result, entry in
        if entry.key.hasPrefix(prefix) {
          result[String(entry.key.dropFirst(prefix.count))] = entry.value
        }
      }
    }
    try denoiserStore.load(part("denoiser."))
    try branchStore.load(part("control."))
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

  /// Grey bytes (n x 1 x h x w) as a grid in −1...1.
  func grid(_ images: Tensor) -> Tensor {
    (images.to(.float32) * (1 / 127.5) - 1).pixelUnshuffled(factor: configuration.size.patch)
      .channelsLast()
  }

  /// A grid in −1...1 as grey bytes.
  func images(_ grid: Tensor) -> Tensor {
    let pixels = grid.contiguous().pixelShuffled(factor: configuration.size.patch)
    return ((pixels + 1) * 127.5 + 0.5).clamped(to: 0...255).to(.uint8)
  }

  /// The edges of grey images on the host as a hint grid on the device.
  func hint(pixels: [UInt8], count: Int, height: Int, width: Int) -> Tensor {
    let size = height * width
    var edges: [UInt8] = []
    edges.reserveCapacity(pixels.count)
    for index in 0..<count {
      edges += configuration.canny.edges(
        of: pixels[(index * size)..<((index + 1) * size)], height: height, width: width)
    }
    return Tensor.from(edges, shape: [count, 1, height, width], on: device).to(.float32)
      .pixelUnshuffled(factor: configuration.size.patch).channelsLast()
  }
}
