/// Renumbers the identifiers in an SVG file of cairo.
///
/// Cairo numbers some of them by a counter of the whole process (`image7` is the seventh surface
/// ever made), so two equal drawings would differ. Here each `<letters><digits>` keeps its letters
/// and gets the next free number of these letters, in order of first use.
enum SVGIdentifiers {
  /// Returns the file with its identifiers renumbered.
  static func renumbered(_ file: [UInt8]) -> [UInt8] {
    let openings: [[UInt8]] = [Array("id=\"".utf8), Array("href=\"#".utf8), Array("url(#".utf8)]
    var names: [[UInt8]: [UInt8]] = [:]
    var counts: [[UInt8]: Int] = [:]
    var result: [UInt8] = []
    result.reserveCapacity(file.count)
    var index = 0
    while index < file.count {
      let opening = openings.first { file[index...].starts(with: $0) }
      guard let opening else {
        result.append(file[index])
        index += 1
        continue
      }
      result.append(contentsOf: opening)
      index += opening.count
      let ends = [UInt8(ascii: "\""), UInt8(ascii: ")")]
      let name = Array(file[index...].prefix { !ends.contains($0) })
      index += name.count
      let letters = Array(name.prefix { !isDigit($0) })
      guard letters.count < name.count, name[letters.count...].allSatisfy(isDigit) else {
        result.append(contentsOf: name)
        continue
      }
      if names[name] == nil {
        counts[letters, default: 0] += 1
        names[name] = letters + Array("\(counts[letters, default: 0])".utf8)
      }
      result.append(contentsOf: names[name, default: name])
    }
    return result
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
