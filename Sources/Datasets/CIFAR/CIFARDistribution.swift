import Foundation
import RunStore

/// The forms in which a data set of the CIFAR family is distributed, and how each is verified.
///
/// The archive of the binary version is preferred; then the unpacked folder of the Python version, whose files have
/// published digests; then the unpacked folder of the binary version, whose files have none, so that it can only be read
/// unverified.
struct CIFARDistribution {
  /// An archive with its size and SHA-256.
  struct Archive {
    var name: String
    var byteCount: Int
    var digest: String
  }

  /// A file of records, in both versions; the MD5 is that of the Python version.
  struct Member {
    var binary: String
    var python: String
    var md5: String
    var count: Int
    var isTest = false
  }

  /// What was read.
  struct Content {
    var train: ImageSet
    var test: ImageSet
    /// The super-class of each class; nil where records have none.
    var coarseMap: [Int]?
    /// SHA-256 digests by file name.
    var digests: [String: String]
    /// Whether all published digests hold.
    var isOfficial: Bool
  }

  /// Channels, height and width of the images.
  static let shape = [3, 32, 32]

  let displayName: String
  let archive: Archive
  let binaryFolder: String
  let pythonFolder: String
  let members: [Member]
  let classNames: [String]
  let coarseNames: [String]?
  /// The file of the binary version that lists the class names.
  let namesFile: String

  /// Reads and verifies the data set.
  ///
  /// - Throws: ``DatasetError`` when nothing is there, or what is there is damaged or cannot be verified.
  func load(from folder: URL, verification: DataVerification) throws -> Content {
    switch form(in: folder) {
    case .archive(let file): return try read(file, verification)
    case .python(let folder): return try read(python: folder, verification)
    case .binary(let folder):
      guard verification == .unverified else {
        throw DatasetError(
          .damaged,
          "\(folder.path): expected files with published digests, found the unpacked binary version, "
            + "which has none; run 'make data' to put \(archive.name) into the data folder, or accept "
            + "these files with --unverified-data")
      }
      return try read(binary: folder)
    case nil:
      throw DatasetError(
        .missing,
        "\(folder.path): expected \(archive.name), \(pythonFolder) or \(binaryFolder) of "
          + "\(displayName), found none of them; run 'make data', or name their folder with "
          + "--data-dir")
    }
  }

  /// Whether any of the forms is there, whatever its content.
  func isPresent(in folder: URL) -> Bool { form(in: folder) != nil }

  /// Whether what would be read has published digests.
  func isVerifiable(in folder: URL) -> Bool {
    if case .binary = form(in: folder) { false } else { true }
  }

  /// The files that would be read from a folder; nil when there are none.
  func sources(in folder: URL) -> [URL]? {
    switch form(in: folder) {
    case .archive(let file): return [file]
    case .python(let folder):
      return members.map { folder.appendingPathComponent($0.python) }
    case .binary(let folder):
      let names = folder.appendingPathComponent(namesFile)
      return members.map { folder.appendingPathComponent($0.binary) }
        + [names].filter(DataFile.exists)
    case nil: return nil
    }
  }

  /// What there is of a data set: the archive or an unpacked folder.
  private enum Form {
    case archive(URL)
    case python(URL)
    case binary(URL)
  }

  /// The preferred one of the forms that are in a folder.
  private func form(in folder: URL) -> Form? {
    let file = folder.appendingPathComponent(archive.name)
    if DataFile.exists(file) { return .archive(file) }
    return place(pythonFolder, marked: members[0].python, in: folder).map(Form.python)
      ?? place(binaryFolder, marked: members[0].binary, in: folder).map(Form.binary)
  }

  /// The folder of a version: below the given one, or that one itself.
  private func place(_ name: String, marked member: String, in folder: URL) -> URL? {
    let below = folder.appendingPathComponent(name)
    if DataFile.isFolder(below) { return below }
    return DataFile.exists(folder.appendingPathComponent(member)) ? folder : nil
  }

  // MARK: Versions

  private func read(_ url: URL, _ verification: DataVerification) throws -> Content {
    var (digest, found) = try contents(of: url, verification)
    return try gather { member, records in
      guard let bytes = found.removeValue(forKey: member.binary) else {
        throw DatasetError(
          .damaged, "\(url.path): expected \(member.binary) in the archive, found none")
      }
      try records.add(
        binary: bytes, count: member.count, name: "\(url.path): \(member.binary)")
    } facts: {
      ([archive.name: digest], digest == archive.digest)
    }
  }

  /// The archive's SHA-256 and its members' bytes by file name.
  private func contents(
    of url: URL, _ verification: DataVerification
  ) throws -> (String, [String: [UInt8]]) {
    let isOfficial = verification == .official
    let data = try DataFile.read(url, limit: 1 << 30)
    if isOfficial { try DataFile.check(data, byteCount: archive.byteCount, name: url.path) }
    let digest = Digest.sha256(of: data)
    if isOfficial {
      try DataFile.check(digest, is: archive.digest, algorithm: "SHA-256", name: url.path)
    }
    let total = members.reduce(0) { $0 + $1.count } * (CIFARRecords.imageSize + 2)
    var tar = try TarReader(gzip: data, name: url.path, limit: total + (1 << 24))
    var found: [String: [UInt8]] = [:]
    while let entry = try tar.next() {
      let file = entry.path.split(separator: "/").last.map(String.init) ?? entry.path
      guard members.contains(where: { $0.binary == file }) else { continue }
      guard found.updateValue(try tar.content(), forKey: file) == nil else {
        throw DatasetError(.damaged, "\(url.path): expected one \(file), found two")
      }
    }
    return (digest, found)
  }

  private func read(python folder: URL, _ verification: DataVerification) throws -> Content {
    var digests: [String: String] = [:]
    var isOfficial = true
    return try gather { member, records in
      let (data, url) = try file(member.python, in: folder, count: member.count)
      let md5 = Digest.md5(of: data)
      if verification == .official {
        try DataFile.check(md5, is: member.md5, algorithm: "MD5", name: url.path)
      }
      isOfficial = isOfficial && md5 == member.md5
      digests[member.python] = Digest.sha256(of: data)
      let value = try RestrictedPickle.decode([UInt8](data), name: url.path)
      try records.add(pickle: value, count: member.count, name: url.path)
    } facts: {
      (digests, isOfficial)
    }
  }

  private func read(binary folder: URL) throws -> Content {
    var digests: [String: String] = [:]
    try checkNames(in: folder)
    return try gather { member, records in
      let (data, url) = try file(member.binary, in: folder, count: member.count)
      digests[member.binary] = Digest.sha256(of: data)
      try records.add(binary: [UInt8](data), count: member.count, name: url.path)
    } facts: {
      (digests, false)
    }
  }

  // MARK: Parts

  private func file(_ name: String, in folder: URL, count: Int) throws -> (Data, URL) {
    let url = folder.appendingPathComponent(name)
    guard DataFile.exists(url) else {
      throw DatasetError(
        .missing,
        "\(url.path): expected this part of \(displayName), found no file; unpack the archive "
          + "again, or run 'make data'")
    }
    // Twice the pixels leaves room for names and labels of the Python version.
    return (try DataFile.read(url, limit: 2 * count * CIFARRecords.imageSize + (1 << 16)), url)
  }

  /// Where the folder lists class names, they must be ours: another order would name every image wrongly.
  private func checkNames(in folder: URL) throws {
    let url = folder.appendingPathComponent(namesFile)
    guard DataFile.exists(url) else { return }
    let text = String(decoding: try DataFile.read(url, limit: 1 << 16), as: UTF8.self)
    let names = text.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    for (index, name) in classNames.enumerated() where names.dropFirst(index).first != name {
      throw DatasetError(
        .damaged,
        "\(url.path): expected class \(index) to be \(name), found "
          + "\(names.dropFirst(index).first ?? "no more lines"); these are other classes")
    }
  }

  /// Adds all members to their parts; `facts`, which are digests and whether they are official, is asked for after that.
  private func gather(
    _ add: (Member, inout CIFARRecords) throws -> Void, facts: () -> ([String: String], Bool)
  ) throws -> Content {
    func part(isTest: Bool) throws -> CIFARRecords {
      let files = members.filter { $0.isTest == isTest }
      var records = CIFARRecords(
        classes: classNames.count, coarseClasses: coarseNames?.count,
        count: files.reduce(0) { $0 + $1.count })
      for file in files { try add(file, &records) }
      return records
    }
    let train = try part(isTest: false)
    let test = try part(isTest: true)
    let (digests, isOfficial) = facts()
    return Content(
      train: train.set, test: test.set, coarseMap: try coarseMap(train.coarseMap, test.coarseMap),
      digests: digests, isOfficial: isOfficial)
  }

  /// The super-class of each class, on which both parts must agree.
  private func coarseMap(_ train: [Int: Int], _ test: [Int: Int]) throws -> [Int]? {
    guard coarseNames != nil else { return nil }
    return try classNames.indices.map { label in
      guard let coarse = train[label] ?? test[label], (test[label] ?? coarse) == coarse else {
        throw DatasetError(
          .damaged,
          "\(displayName): expected one super-class of class \(label), found "
            + "\([train[label], test[label]].compactMap(\.self)); fetch the files again")
      }
      return coarse
    }
  }
}
