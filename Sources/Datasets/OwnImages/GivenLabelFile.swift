import Foundation

/// The labels that own training images came with: a CSV file of one line an image.
///
/// The first line is `index,label` or `index,clean,noisy`; the second form, which label artefacts of this project have,
/// repeats the clean label as a check. Lines may be in any order; every image has exactly one.
enum GivenLabelFile {
  private static let headers = ["index,label", "index,clean,noisy"]

  /// Reads the labels; nil when there is no such file.
  ///
  /// - Throws: ``DatasetError`` with the number of the line that is not as it should be.
  static func read(_ url: URL, clean: [Int], classes: Int) throws -> [Int]? {
    guard DataFile.exists(url) else { return nil }
    let data = try DataFile.read(url, limit: 64 * clean.count + 1024)
    return try decode(
      String(decoding: data, as: UTF8.self), name: url.path, clean: clean, classes: classes)
  }

  /// The labels in a file's text.
  static func decode(_ text: String, name: String, clean: [Int], classes: Int) throws -> [Int] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    if lines.last?.isEmpty == true { lines.removeLast() }
    func damaged(_ line: Int, _ expected: String) -> DatasetError {
      let found = lines.indices.contains(line) ? "'\(lines[line].prefix(60))'" : "the file's end"
      return DatasetError(
        .damaged, "\(name): line \(line + 1): expected \(expected), found \(found); correct it")
    }
    guard let header = lines.first, let form = headers.firstIndex(of: String(header)) else {
      throw damaged(0, "'\(headers[0])' or '\(headers[1])'")
    }
    var labels = [Int?](repeating: nil, count: clean.count)
    for (place, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = fields.compactMap { Int($0) }
      guard fields.count == form + 2, numbers.count == fields.count,
        clean.indices.contains(numbers[0]), (0..<classes).contains(numbers[form + 1])
      else {
        throw damaged(
          place, "an index in 0..<\(clean.count) and labels in 0..<\(classes)")
      }
      guard form == 0 || numbers[1] == clean[numbers[0]] else {
        throw damaged(place, "clean label \(clean[numbers[0]]) of image \(numbers[0])")
      }
      guard labels[numbers[0]] == nil else {
        throw damaged(place, "one line for image \(numbers[0])")
      }
      labels[numbers[0]] = numbers[form + 1]
    }
    if let missing = labels.firstIndex(of: nil) {
      throw damaged(lines.count, "a line for image \(missing)")
    }
    return labels.compactMap(\.self)
  }
}
