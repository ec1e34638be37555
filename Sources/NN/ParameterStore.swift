import SeededRandom
import Torch

/// The named parameters and buffers of one network, on one device.
///
/// Layers create their tensors here under a ``ParameterPath``; the names are those PyTorch gives the same network, so
/// that reference weights load by name. Initial values come from a named random stream, one position a tensor, and are
/// drawn on the host: they are equal on every device.
public final class ParameterStore {
  /// One named tensor.
  public struct Entry {
    /// The dotted name, for example `layer1.0.conv1.weight`.
    public let name: String
    /// The values.
    public let tensor: Tensor
    /// Whether an optimiser trains it; false for running statistics.
    public let isTrainable: Bool
  }

  /// The device that holds the tensors.
  public let device: Device
  /// All tensors in the order of their creation.
  public private(set) var entries: [Entry] = []
  private let stream: SeedStream
  private var names: Set<String> = []

  /// Creates an empty store whose initial values come from a stream.
  public init(stream: SeedStream, on device: Device) {
    self.stream = stream
    self.device = device
  }

  /// The root under which layers name their tensors.
  public var root: ParameterPath { ParameterPath(store: self, prefix: "") }

  /// The trainable tensors, in order.
  public var parameters: [Tensor] { entries.filter(\.isTrainable).map(\.tensor) }

  /// The number of trainable numbers.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// All tensors by name.
  public var state: [String: Tensor] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.tensor) })
  }

  /// Overwrites all tensors by name.
  ///
  /// - Throws: ``ParameterError`` when a name is missing or unknown, or a shape differs; then nothing has changed.
  public func load(_ state: [String: Tensor]) throws {
    let unknown = Set(state.keys).subtracting(names)
    if let name = unknown.min() { throw ParameterError.unknown(name: name) }
    let sources = try entries.map { entry in
      guard let source = state[entry.name] else { throw ParameterError.missing(name: entry.name) }
      guard source.shape == entry.tensor.shape else {
        throw ParameterError.shape(
          name: entry.name, expected: entry.tensor.shape, found: source.shape)
      }
      return source
    }
    for (entry, source) in zip(entries, sources) { entry.tensor.copy(from: source) }
  }

  func add(
    _ name: String, trainable: Bool, shape: [Int], _ values: (inout Philox) -> [Float]
  ) -> Tensor {
    precondition(names.insert(name).inserted, "parameter name '\(name)' is used twice")
    var generator = stream.generator(UInt64(entries.count))
    var tensor = Tensor.from(values(&generator), shape: shape, on: device)
    // Convolution weights in the layout of the images they meet, else each step converts them.
    if shape.count == 4 { tensor = tensor.channelsLast() }
    if trainable { tensor.requiringGradient() }
    entries.append(Entry(name: name, tensor: tensor, isTrainable: trainable))
    return tensor
  }
}

/// A place in a network's tree of names, where a layer creates its tensors.
public struct ParameterPath {
  let store: ParameterStore
  let prefix: String

  /// The path of a part with the given name.
  public static func / (path: ParameterPath, name: String) -> ParameterPath {
    ParameterPath(store: path.store, prefix: path.prefix.isEmpty ? name : "\(path.prefix).\(name)")
  }

  /// The path of a numbered part.
  public static func / (path: ParameterPath, index: Int) -> ParameterPath { path / "\(index)" }

  /// Creates a trainable tensor under this path.
  public func parameter(_ name: String, shape: [Int], initial: Initialiser) -> Tensor {
    store.add((self / name).prefix, trainable: true, shape: shape) {
      initial.values(count: shape.reduce(1, *), using: &$0)
    }
  }

  /// Fixed values on the network's device, which are part of the architecture and so are not saved.
  public func constant(_ values: [Float], shape: [Int]) -> Tensor {
    Tensor.from(values, shape: shape, on: store.device)
  }

  /// Creates a tensor that is kept with the network but not trained.
  public func buffer(_ name: String, shape: [Int], value: Float) -> Tensor {
    store.add((self / name).prefix, trainable: false, shape: shape) { _ in
      [Float](repeating: value, count: shape.reduce(1, *))
    }
  }
}

/// A set of saved values that does not fit a network.
public enum ParameterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The network has a tensor that the saved values lack.
  case missing(name: String)
  /// The saved values have a tensor that the network lacks.
  case unknown(name: String)
  /// The shapes of a tensor differ.
  case shape(name: String, expected: [Int], found: [Int])

  /// One line that names the tensor and the fault.
  public var description: String {
    switch self {
    case .missing(let name): return "no saved values for parameter '\(name)'"
    case .unknown(let name): return "saved values for '\(name)', which the network does not have"
    case .shape(let name, let expected, let found):
      return "parameter '\(name)': expected shape \(expected), found \(found)"
    }
  }
}
