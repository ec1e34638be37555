import Foundation
import RunStore

/// What the folder of runs, or the place where it would be made, can do.
struct DoctorStore {
  /// The disk space that is little for a store.
  private static let littleSpace = 1 << 30
  private static let tooLittleSpace = 50 << 20

  let folder: URL
  var mounts = MountTable(DoctorMachine.contents(of: "/proc/self/mounts"))

  /// Space, kind of file system, and whether files can be written and named twice.
  func findings() -> [DoctorFinding] {
    let place = existing
    guard isFolder(place) else {
      return [
        DoctorFinding(
          "store", .fail, "\(place.path) is a file: name a folder with --store",
          facts: ["path": .string(folder.path)])
      ]
    }
    return [space(at: place), ability(at: place)]
  }

  /// The store, or the folder nearest above it that is there.
  private var existing: URL {
    var url = folder.standardizedFileURL
    while !FileManager.default.fileExists(atPath: url.path), url.path != "/" {
      url.deleteLastPathComponent()
    }
    return url.resolvingSymlinksInPath()
  }

  private func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private func space(at place: URL) -> DoctorFinding {
    var state = statvfs()
    guard statvfs(place.path, &state) == 0 else {
      let error = FileSystemError(path: place.path, operation: .read, errorNumber: errno)
      return DoctorFinding("disk", .fail, error.message)
    }
    let free = Int(state.f_bavail) * Int(state.f_frsize)
    let kind = mounts.kind(of: place.path) ?? "unknown"
    let isNetwork = MountTable.isNetwork(kind)
    let isFleeting = kind == "tmpfs" || kind == "ramfs"
    var text = "\(DoctorCommand.size(free)) free on \(kind)"
    if isNetwork { text += ", a network file system" }
    if isFleeting { text += ", which is empty after the next start: keep runs on a disk" }
    if free < Self.littleSpace { text += "; make room, or name another disk with --store" }
    return DoctorFinding(
      "disk",
      free < Self.tooLittleSpace ? .fail : free < Self.littleSpace || isFleeting ? .warn : .ok,
      text,
      facts: [
        "freeBytes": .integer(free), "fileSystem": .string(kind), "isNetwork": .bool(isNetwork),
      ])
  }

  private func ability(at place: URL) -> DoctorFinding {
    let path = folder.standardizedFileURL.path
    let isThere = place.path == folder.standardizedFileURL.resolvingSymlinksInPath().path
    var facts: [String: JSONValue] = ["path": .string(path), "exists": .bool(isThere)]
    let first = place.appendingPathComponent(".doctor-\(UUID().uuidString).tmp")
    let second = first.appendingPathExtension("link")
    defer {
      unlink(first.path)
      unlink(second.path)
    }
    do {
      try AtomicFile.write(Data("plumbline\n".utf8), to: first)
      facts["isWritable"] = .bool(true)
    } catch {
      facts["isWritable"] = .bool(false)
      return DoctorFinding(
        "store", .fail, "\(path): \(ErrorReport(error).message)", facts: facts,
        failure: .failure)
    }
    guard link(first.path, second.path) == 0 else {
      let number = errno
      facts["hasHardLinks"] = .bool(false)
      return DoctorFinding(
        "store", .fail,
        "\(path): the file system refuses hard links (\(String(cString: strerror(number)))), by "
          + "which processes claim runs: name a folder on another one with --store",
        facts: facts)
    }
    facts["hasHardLinks"] = .bool(true)
    return DoctorFinding(
      "store", .ok,
      "\(path)\(isThere ? "" : " (not made yet)"): can be written, has hard links",
      facts: facts)
  }
}
