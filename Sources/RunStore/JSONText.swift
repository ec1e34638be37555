import Foundation
import Synchronization

/// A text that a decoder is at work on, whose tree is made when a ``JSONValue`` first asks for its part.
final class JSONText: Sendable {
  /// Where a decoder finds its text.
  static let key = CodingUserInfoKey(rawValue: "RunStore.JSONText")

  private enum Tree {
    case unread
    case read(JSONValue?)
  }

  private let data: Data
  private let tree = Mutex(Tree.unread)

  init(_ data: Data) { self.data = data }

  /// The value at a decoder's place, or nil when the text is not plain or has nothing there.
  func value(at path: [any CodingKey]) -> JSONValue? {
    let root = tree.withLock { tree in
      if case .read(let value) = tree { return value }
      let value = JSONParser.value(of: data)
      tree = .read(value)
      return value
    }
    return path.reduce(root) { value, key in
      switch value {
      case .object(let members): return members[key.stringValue]
      case .array(let values):
        guard let index = key.intValue, values.indices.contains(index) else { return nil }
        return values[index]
      default: return nil
      }
    }
  }
}
