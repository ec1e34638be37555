import NN
import SeededRandom
import Torch

/// A network architecture with its sizes; part of a run's specification.
public enum ModelConfiguration: Codable, Hashable, Sendable {
  /// ``CIFARResNet`` of depth 18 or 34.
  case resNet(depth: Int, width: Int, stemPadding: Int)
  /// ``SmallCNN``.
  case smallCNN(channels: [Int], hidden: Int)

  /// The paper's network for CIFAR-10: depth 18, width 64.
  public static let resNet18 = ModelConfiguration.resNet(depth: 18, width: 64, stemPadding: 1)
  /// The paper's network for CIFAR-100: depth 34, width 64.
  public static let resNet34 = ModelConfiguration.resNet(depth: 34, width: 64, stemPadding: 1)

  /// A short name for tables, for example `ResNet-18 (width 64)`.
  public var displayName: String {
    switch self {
    case .resNet(let depth, let width, _): return "ResNet-\(depth) (width \(width))"
    case .smallCNN(let channels, let hidden):
      return "small CNN (\(channels.map(String.init).joined(separator: "-")), hidden \(hidden))"
    }
  }

  /// Builds the architecture's tensors under a path.
  ///
  /// - Parameters:
  ///   - inputShape: Channels, height and width of the images.
  ///   - classes: The number of classes.
  ///   - path: Where the tensors are named.
  /// - Returns: The network.
  /// - Precondition: The depth of a residual network is 18 or 34.
  public func make(
    inputShape: [Int], classes: Int, at path: ParameterPath
  ) -> any ImageClassifier {
    switch self {
    case .resNet(let depth, let width, let stemPadding):
      precondition(depth == 18 || depth == 34, "expected depth 18 or 34, found \(depth)")
      return CIFARResNet(
        blocks: depth == 18 ? CIFARResNet.blocks18 : CIFARResNet.blocks34, width: width,
        inputChannels: inputShape[0], classes: classes, stemPadding: stemPadding, at: path)
    case .smallCNN(let channels, let hidden):
      return SmallCNN(
        channels: channels, hidden: hidden, inputShape: inputShape, classes: classes, at: path)
    }
  }
}
