import Foundation

/// What commands say to people, on standard error; results go to standard output.
public struct Console: Sendable {
  /// Whether nothing but errors and results is said.
  public let isQuiet: Bool

  /// Creates a console.
  public init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// One line for people.
  public func note(_ text: String) {
    if !isQuiet { FileHandle.standardError.write(Data((text + "\n").utf8)) }
  }

  /// One line of a result.
  public static func result(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }
}
