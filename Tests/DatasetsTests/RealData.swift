import Foundation

/// Real files that tests read where they are at hand: `PLUMBLINE_TEST_DATA` names their folder.
enum RealData {
  static let folder = ProcessInfo.processInfo.environment["PLUMBLINE_TEST_DATA"]
    .flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0, isDirectory: true) }

  /// Whether the folder holds a file or folder of that name.
  static func has(_ name: String) -> Bool {
    guard let folder else { return false }
    return FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  /// The share of places where two lists differ, in per cent.
  static func difference(_ left: [Int], _ right: [Int]) -> Double {
    Double(zip(left, right).count { $0 != $1 }) / Double(max(1, left.count)) * 100
  }
}
