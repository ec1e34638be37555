/// A value that a pickle holds, as plain data.
indirect enum PickleValue: Hashable, Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  case real(Double)
  case text(String)
  case bytes([UInt8])
  case list([PickleValue])
  case tuple([PickleValue])
  case dictionary([PickleEntry])
  case array(PickleArray)
}

/// A key of a pickled dictionary with its value.
struct PickleEntry: Hashable, Sendable {
  /// The key.
  var key: PickleValue
  /// The value.
  var value: PickleValue
}

extension PickleValue {
  /// What kind of value it is, for messages.
  var kind: String {
    switch self {
    case .none: return "None"
    case .bool: return "a truth value"
    case .integer: return "an integer"
    case .real: return "a number"
    case .text: return "a text"
    case .bytes: return "bytes"
    case .list: return "a list"
    case .tuple: return "a tuple"
    case .dictionary: return "a dictionary"
    case .array: return "an array"
    }
  }

  /// The last value of a key in a dictionary; keys of Python 2, which are bytes, are found too.
  subscript(key: String) -> PickleValue? {
    guard case .dictionary(let entries) = self else { return nil }
    return entries.last { entry in
      switch entry.key {
      case .text(let text): return text == key
      case .bytes(let bytes): return bytes.elementsEqual(key.utf8)
      default: return false
      }
    }?.value
  }

  /// The integers of a list, or of an array with one dimension; nil for anything else.
  var integers: [Int]? {
    switch self {
    case .list(let items):
      var numbers: [Int] = []
      numbers.reserveCapacity(items.count)
      for item in items {
        guard case .integer(let number) = item else { return nil }
        numbers.append(number)
      }
      return numbers
    case .array(let array):
      return array.shape.count == 1 ? array.integers : nil
    default:
      return nil
    }
  }
}
