import ArgumentParser
import Features
import Foundation

/// How the commands on features calculate.
struct FeatureOptions: ParsableArguments {
  @Option(help: "Threads; one for each core when not given. The result does not depend on it.")
  var threads: Int?

  @Option(help: "The seed of what is drawn at random.")
  var seed: UInt64 = 0

  @Flag(help: "Print the result as JSON.")
  var json = false

  /// The number of threads to use.
  var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: expected 1 to 1024, found \(threads)")
    }
  }

  /// Reads features and checks their range.
  func features(_ path: String) throws -> FeatureMatrix {
    let (rows, columns, values) = try StatisticsInput.matrix(path)
    let features = FeatureMatrix(rows: rows, columns: columns, values: values)
    do {
      try features.validate()
    } catch let error as FeatureError {
      throw StatisticsInputError.badData(path, error.description)
    }
    return features
  }
}

/// Refuses an option outside a range that the data allow.
func require(_ option: String, _ value: Int, in allowed: ClosedRange<Int>) throws {
  guard allowed.contains(value) else {
    throw StatisticsInputError.usage(
      "\(option): expected \(allowed.lowerBound) to \(allowed.upperBound), found \(value)")
  }
}
