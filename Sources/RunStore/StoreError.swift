/// What can be wrong with the contents of a run store.
public enum StoreError: ReportableError, Hashable {
  /// A file is not what it was when it was written.
  case damaged(path: String, reason: String)
  /// A file was written by a version of the suite that this one does not know.
  case unknownSchema(path: String, found: Int, supported: Int)
  /// A value cannot be written as canonical JSON.
  case notEncodable(reason: String)
  /// JSON text is not what was expected.
  case notDecodable(reason: String)
  /// JSON text has members that the type does not know.
  case unknownMembers([String])
  /// Text is not a run key.
  case invalidKey(String)
  /// A record is kept under a key that its specification does not have.
  case keyMismatch(expected: String, found: String)

  /// What happened, with path and values, and what to do next.
  public var message: String {
    switch self {
    case .damaged(let path, let reason):
      return "\(path) is damaged: \(reason); "
        + "plumbline runs verify --repair sets it aside, and the next run makes it anew"
    case .unknownSchema(let path, let found, let supported):
      return "\(path) has layout version \(found), this program reads version \(supported); "
        + "use a newer version of the program or another store"
    case .notEncodable(let reason): return "value cannot be written as JSON: \(reason)"
    case .notDecodable(let reason): return "JSON is not as expected: \(reason)"
    case .unknownMembers(let members):
      return "JSON has unknown members: \(members.joined(separator: ", "))"
    case .invalidKey(let text):
      return "'\(text)' is no run key; a key has 64 hexadecimal digits (0-9, a-f)"
    case .keyMismatch(let expected, let found):
      return "record has the key \(found), its specification has \(expected)"
    }
  }

  /// 65 for what is read, 64 for a wrong key, 70 for what the program itself got wrong.
  public var exitStatus: ExitStatus {
    switch self {
    case .damaged, .unknownSchema, .notDecodable, .unknownMembers: return .badData
    case .invalidKey: return .usage
    case .notEncodable, .keyMismatch: return .internalError
    }
  }

  static func describe(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return path.isEmpty ? "at the top level" : "at '\(path)'"
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "member '\(key.stringValue)' is missing \(place(context))"
    case .typeMismatch(let type, let context): return "no \(type) \(place(context))"
    case .valueNotFound(let type, let context): return "null instead of \(type) \(place(context))"
    case .dataCorrupted(let context): return "\(context.debugDescription) \(place(context))"
    @unknown default: return "\(error)"
    }
  }
}
