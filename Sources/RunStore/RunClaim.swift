import Foundation

/// The right to work on one run or asset, held by one process at a time.
///
/// It is an advisory lock of the kernel (`flock`) on a file under `locks/`, which ends with the
/// process, however that dies. Several machines on one network file system need another kind of
/// claim.
public final class RunClaim: Sendable {
  private let descriptor: Int32
  private let path: String

  private init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    // Removed while still locked: whoever opened the file meanwhile finds that its name is gone and
    // tries anew.
    unlink(path)
    close(descriptor)
  }

  /// Takes the claim of a file, or returns nil when another holder has it.
  static func take(file: URL) throws -> RunClaim? {
    while true {
      let descriptor = try openLock(file)
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let number = errno
        close(descriptor)
        if number == EWOULDBLOCK { return nil }
        if number == EINTR { continue }
        throw FileSystemError(path: file.path, operation: .write, errorNumber: number)
      }
      var held = stat()
      var named = stat()
      if fstat(descriptor, &held) == 0, stat(file.path, &named) == 0,
        held.st_ino == named.st_ino, held.st_dev == named.st_dev
      {
        return RunClaim(descriptor: descriptor, path: file.path)
      }
      close(descriptor)
    }
  }

  private static func openLock(_ file: URL) throws -> Int32 {
    var descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    if descriptor < 0 && errno == ENOENT {
      try AtomicFile.createFolder(file.deletingLastPathComponent())
      descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else {
      throw FileSystemError(path: file.path, operation: .write, errorNumber: errno)
    }
    return descriptor
  }
}

extension RunStore {
  /// Takes the claim of a run, or returns nil when another process works on it.
  public func tryClaim(_ key: RunKey) throws -> RunClaim? { try tryClaim(named: key.text) }

  /// Takes the claim of a run, waiting while another process works on it.
  ///
  /// Looks four times a second; returns nil once `isStopped` answers true. The other process may
  /// have finished the run meanwhile: look at ``state(of:)`` afterwards.
  public func claim(_ key: RunKey, isStopped: () -> Bool = { false }) throws -> RunClaim? {
    try claim(named: key.text, isStopped: isStopped)
  }

  func tryClaim(named name: String) throws -> RunClaim? {
    try RunClaim.take(file: root.appendingPathComponent("locks/\(name).lock"))
  }

  func claim(named name: String, isStopped: () -> Bool) throws -> RunClaim? {
    while true {
      if let claim = try tryClaim(named: name) { return claim }
      if isStopped() { return nil }
      usleep(250_000)
    }
  }
}
