import Foundation
import RunStore

/// What the file system says about a file that a data set was read from; another content has another state.
///
/// Times count in nanoseconds since 1970. The time of the last change of the file's entry catches what sets the time of
/// its content back, so a state that is the same means the same content wherever clocks and disks are honest.
struct SourceState: Hashable {
  var path: String
  var byteCount: Int
  var number: UInt64
  var contentTime: Int
  var entryTime: Int

  /// Asks the file system; nil when there is no such file.
  init?(of file: URL) {
    var state = stat()
    guard stat(file.path, &state) == 0 else { return nil }
    path = file.path
    byteCount = Int(state.st_size)
    number = UInt64(state.st_ino)
    contentTime = Self.nanoseconds(state.st_mtim)
    entryTime = Self.nanoseconds(state.st_ctim)
  }

  /// The states of files; nil when one of them is not there.
  static func all(of files: [URL]) -> [SourceState]? {
    let found = files.compactMap { SourceState(of: $0) }
    return found.count == files.count && !found.isEmpty ? found : nil
  }

  /// One digest of many states.
  static func digest(of states: [SourceState]) -> String {
    let lines = states.map {
      "\($0.path)\n\($0.byteCount) \($0.number) \($0.contentTime) \($0.entryTime)\n"
    }
    return Digest.sha256(of: Data(lines.joined().utf8))
  }

  /// Whether the last change is at least so many seconds before the present; one that comes from the future is not.
  ///
  /// A file that changes twice within one tick of the file system's clock keeps its times.
  func isSettled(for seconds: Int) -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return max(contentTime, entryTime) <= Self.nanoseconds(now) - seconds * 1_000_000_000
  }

  private static func nanoseconds(_ time: timespec) -> Int {
    Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }
}
