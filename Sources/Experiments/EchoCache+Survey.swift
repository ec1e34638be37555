import CZlib
import Foundation
import RunStore

extension EchoCache {
  /// What the records of one file are.
  public struct Survey: Hashable, Sendable {
    /// The file's name.
    public var name: String
    /// Images that pass their check.
    public var present = 0
    /// Images that were not made yet: their bytes are all zero.
    public var absent = 0
    /// Images that fail their check, which the next run makes again; a record that is not whole is one of them.
    public var damaged = 0
  }

  /// Looks at every record of the generator's files; nothing is changed.
  ///
  /// - Throws: ``FileSystemError`` when a file is there and cannot be read.
  public func survey() throws -> [Survey] {
    try files().map { name, label in
      let survey = try self.survey(of: label, name: name)
      // A record that is being written may be seen half; damage is there at the second look too.
      return survey.damaged == 0 ? survey : try self.survey(of: label, name: name)
    }
  }

  private func survey(of label: Int, name: String) throws -> Survey {
    var survey = Survey(name: name)
    let faults = try look(at: label) { isPresent in
      if isPresent { survey.present += 1 } else { survey.absent += 1 }
    }
    survey.damaged = faults.count
    return survey
  }

  /// Makes every damaged record absent, so that no later look finds it damaged.
  ///
  /// A writer that is at work on one of them loses nothing but this one image's work.
  ///
  /// - Returns: The number of such records.
  /// - Throws: ``FileSystemError`` when a file cannot be read or written.
  @discardableResult public func clearDamaged() throws -> Int {
    try files().reduce(0) { count, entry in
      let faults = try look(at: entry.label) { _ in }
      if faults.isEmpty { return count }
      let path = file(label: entry.label).path
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw FileSystemError(path: path, operation: .write, errorNumber: errno)
      }
      defer { close(descriptor) }
      let zeros = [UInt8](repeating: 0, count: recordSize)
      for place in faults {
        guard pwrite(descriptor, zeros, zeros.count, off_t(place * recordSize)) == zeros.count
        else { throw FileSystemError(path: path, operation: .write, errorNumber: errno) }
      }
      return count + faults.count
    }
  }

  private func files() throws -> [(name: String, label: Int)] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).compactMap { name in
      guard name.hasPrefix("label-"), name.hasSuffix(".bin"),
        let label = Int(name.dropFirst(6).dropLast(4))
      else { return nil }
      return (name, label)
    }.sorted { $0.label < $1.label }
  }

  /// Calls a function with whether each sound record holds an image, and returns the places of the others.
  private func look(at label: Int, _ use: (Bool) -> Void) throws -> [Int] {
    guard let data = try AtomicFile.contents(of: file(label: label)) else { return [] }
    let bytes = [UInt8](data)
    var faults: [Int] = []
    for place in 0..<((bytes.count + recordSize - 1) / recordSize) {
      let record = bytes[(place * recordSize)..<min((place + 1) * recordSize, bytes.count)]
      if isImage(record, at: place, label: label) {
        use(true)
      } else if record.allSatisfy({ $0 == 0 }) {
        use(false)
      } else {
        faults.append(place)
      }
    }
    return faults
  }

  private func isImage(_ record: ArraySlice<UInt8>, at place: Int, label: Int) -> Bool {
    guard record.count == recordSize else { return false }
    let stored = record.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return stored == checksum(Array(record.dropLast(4)), image: place, label: label)
  }
}
