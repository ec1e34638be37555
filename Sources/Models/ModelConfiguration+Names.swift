/// A network name that cannot be read.
public struct ModelNameError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name and the ways to write one.
  public let description: String
}

extension ModelConfiguration {
  /// The ways to write a network, for help texts and error messages.
  public static let grammar =
    "resnet-18[:WIDTH], resnet-34[:WIDTH], small-cnn[:CHANNELS-CHANNELS.../HIDDEN]"

  /// Reads a network written as `resnet-18`, `resnet-34:16` or `small-cnn:8-16/128`.
  ///
  /// The width of a residual network is 64, and a small network 8-16/128, where nothing is said.
  ///
  /// - Throws: ``ModelNameError``.
  public static func parse(_ text: String) throws(ModelNameError) -> ModelConfiguration {
    let parts = text.lowercased().split(separator: ":", maxSplits: 1).map(String.init)
    let sizes = parts.count == 2 ? parts[1] : nil
    switch parts.first {
    case "resnet-18", "resnet-34":
      guard let width = Int(sizes ?? "64"), (1...1024).contains(width) else { break }
      return .resNet(depth: parts[0] == "resnet-18" ? 18 : 34, width: width, stemPadding: 1)
    case "small-cnn":
      let numbers = (sizes ?? "8-16/128").split(separator: "/", omittingEmptySubsequences: false)
      let channels = numbers[0].split(separator: "-", omittingEmptySubsequences: false).map {
        Int($0) ?? 0
      }
      guard numbers.count == 2, let hidden = Int(numbers[1]), (1...65_536).contains(hidden),
        channels.allSatisfy({ (1...4096).contains($0) })
      else { break }
      return .smallCNN(channels: channels, hidden: hidden)
    default: break
    }
    throw ModelNameError(description: "unknown network '\(text)': expected \(grammar)")
  }
}
