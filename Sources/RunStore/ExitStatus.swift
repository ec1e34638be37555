/// How a command of the suite ends, in the words of `sysexits.h`.
public enum ExitStatus: Int32, Codable, Hashable, Sendable, CaseIterable {
  /// Everything that was asked for is there.
  case success = 0
  /// A check that the user made strict did not hold, or some runs failed.
  case failure = 1
  /// The command line is wrong.
  case usage = 64
  /// Data is damaged, or is not what its digest promises.
  case badData = 65
  /// A file that is needed is missing or cannot be read.
  case inputMissing = 66
  /// A device or service is not there.
  case unavailable = 69
  /// The program itself is wrong.
  case internalError = 70
  /// Output cannot be written: the disk is full, read-only or not ours.
  case cannotCreate = 73
  /// The work was stopped before its end, and the same command continues it.
  case resumable = 75
}
