import Foundation

/// A small file system in memory, whose size and writability can change while it is used.
final class ScratchDisk {
  /// Where it is mounted.
  let folder: URL
  private var isMounted = true

  /// Makes the folder and mounts a file system of some bytes there.
  init(at folder: URL, bytes: Int) throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard mount("plumbline-faults", folder.path, "tmpfs", 0, "size=\(bytes)") == 0 else {
      throw TrialProblem("cannot mount \(folder.path): \(String(cString: strerror(errno)))")
    }
  }

  deinit { unmount() }

  /// Gives it another size.
  func resize(bytes: Int) throws {
    guard remount(options: "size=\(bytes)", readOnly: false) else {
      throw TrialProblem("cannot enlarge \(folder.path): \(String(cString: strerror(errno)))")
    }
  }

  /// Makes it read-only or writable again.
  ///
  /// - Returns: Whether that was possible; it is not while a file is open for writing.
  func setReadOnly(_ isReadOnly: Bool) -> Bool { remount(options: "", readOnly: isReadOnly) }

  /// Takes it away with all it holds.
  func unmount() {
    guard isMounted else { return }
    isMounted = false
    umount2(folder.path, Int32(MNT_DETACH))
  }

  private func remount(options: String, readOnly: Bool) -> Bool {
    let flags = UInt(MS_REMOUNT) | (readOnly ? UInt(MS_RDONLY) : 0)
    return mount("plumbline-faults", folder.path, "tmpfs", flags, options) == 0
  }
}
