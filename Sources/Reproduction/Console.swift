import Foundation

/// What commands say to people, on standard error; results go to standard output.
struct Console {
  let isQuiet: Bool

  /// One line for people.
  func note(_ text: String) {
    if !isQuiet { FileHandle.standardError.write(Data((text + "\n").utf8)) }
  }

  /// One line of a result.
  static func result(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }
}
