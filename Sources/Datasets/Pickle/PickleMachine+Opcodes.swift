extension PickleMachine {
  /// Runs one opcode, other than the end mark, with its arguments.
  mutating func execute(_ opcode: PickleOpcode) throws(PickleFault) {
    switch opcode {
    case .proto:
      let version = try reader.byte()
      guard version <= 5 else {
        throw PickleFault("expected pickle protocol 0 to 5, found \(version)")
      }
    case .frame: _ = try reader.take(8)
    case .stop: break
    case .mark: pushMark()
    case .pop: _ = try pop()
    case .popMark: _ = try popToMark()
    case .duplicate: try duplicate()

    case .none: push(.none)
    case .newTrue: push(.bool(true))
    case .newFalse: push(.bool(false))
    case .integer: try pushDecimal()
    case .long: try pushLongDecimal()
    case .integer1: push(.integer(try reader.unsigned(1)))
    case .integer2: push(.integer(try reader.unsigned(2)))
    case .integer4: push(.integer(try reader.signed(4)))
    case .long1: push(.integer(try reader.signed(try reader.unsigned(1))))
    case .long4: push(.integer(try reader.signed(try reader.signed(4))))
    case .float:
      guard let number = Double(try reader.lineText()) else {
        throw PickleFault("expected a number in decimal digits, found something else")
      }
      push(.real(number))
    case .float8: push(.real(try reader.real()))

    case .string: push(.bytes(try quotedBytes(try reader.line())))
    case .string4: push(.bytes(Array(try reader.take(try reader.signed(4)))))
    case .string1, .bytes1: push(.bytes(Array(try reader.take(try reader.unsigned(1)))))
    case .bytes4: push(.bytes(Array(try reader.take(try reader.unsigned(4)))))
    case .bytes8, .byteArray8: push(.bytes(Array(try reader.take(try reader.unsigned(8)))))
    case .unicode: push(.text(try unescaped(try reader.line())))
    case .unicode1: try pushText(try reader.unsigned(1))
    case .unicode4: try pushText(try reader.unsigned(4))
    case .unicode8: try pushText(try reader.unsigned(8))

    case .emptyList: push(.list([]))
    case .list: push(.list(try popToMark()))
    case .append: try append(try pop(1))
    case .appends: try append(try popToMark())
    case .emptyTuple: push(.tuple([]))
    case .tuple: push(.tuple(try popToMark()))
    case .tuple1: push(.tuple(try pop(1)))
    case .tuple2: push(.tuple(try pop(2)))
    case .tuple3: push(.tuple(try pop(3)))
    case .emptyDictionary: push(.dictionary([]))
    case .dictionary: push(.dictionary(try pairs(try popToMark())))
    case .setItem: try set(try pop(2))
    case .setItems: try set(try popToMark())

    case .get: try recall(try decimal(try reader.lineText()))
    case .get1: try recall(try reader.unsigned(1))
    case .get4: try recall(try reader.unsigned(4))
    case .put: try remember(try decimal(try reader.lineText()))
    case .put1: try remember(try reader.unsigned(1))
    case .put4: try remember(try reader.unsigned(4))
    case .memoize: try memoize()

    case .global, .instance:
      let module = try reader.lineText()
      let global = try PickleGlobal.named(try reader.lineText(), module: module)
      // Only classes are built by this opcode, and none of the permitted names needs it.
      guard opcode == .global else { throw global.refusal }
      push(.global(global))
    case .stackGlobal: try pushNamed()
    case .reduce: try reduce()
    case .build: try build()
    case .object, .newObject, .newObjectEx:
      throw PickleFault("an object of \(classBelow()) is no plain data; refused")
    }
  }

  private mutating func pushText(_ count: Int) throws(PickleFault) {
    push(.text(try PickleReader.text(try reader.take(count))))
  }

  /// The integer of a line, or protocol 1's truth values, `00` and `01`.
  private mutating func pushDecimal() throws(PickleFault) {
    switch try reader.lineText() {
    case "00": push(.bool(false))
    case "01": push(.bool(true))
    case let text: push(.integer(try decimal(text)))
    }
  }

  private mutating func pushLongDecimal() throws(PickleFault) {
    let text = try reader.lineText()
    push(.integer(try decimal(text.hasSuffix("L") ? String(text.dropLast()) : text)))
  }

  private func decimal(_ text: String) throws(PickleFault) -> Int {
    guard let number = Int(text) else {
      throw PickleFault("expected an integer of at most 64 bits, found '\(text.prefix(40))'")
    }
    return number
  }

  /// The bytes of a Python 2 string literal in quotes.
  private func quotedBytes(_ line: ArraySlice<UInt8>) throws(PickleFault) -> [UInt8] {
    guard let quote = line.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      line.count >= 2, line.last == quote
    else { throw PickleFault("expected a string in quotes, found none") }
    var bytes: [UInt8] = []
    var rest = line.dropFirst().dropLast()
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): bytes.append(10)
      case UInt8(ascii: "r"): bytes.append(13)
      case UInt8(ascii: "t"): bytes.append(9)
      case UInt8(ascii: "x"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        guard let code = UInt8(digits, radix: 16), digits.utf8.count == 2 else {
          throw PickleFault("expected two hexadecimal digits, found '\(digits)'")
        }
        rest = rest.dropFirst(2)
        bytes.append(code)
      case .some(let plain) where plain == quote || plain == UInt8(ascii: "\\"):
        bytes.append(plain)
      default: throw PickleFault("expected an escape of Python 2 strings, found another one")
      }
    }
    return bytes
  }

  /// The text of a line in which `\u` and `\U` stand for characters and every other byte for itself.
  private func unescaped(_ line: ArraySlice<UInt8>) throws(PickleFault) -> String {
    var scalars = String.UnicodeScalarView()
    var rest = line
    while let byte = rest.popFirst() {
      let count = rest.first == UInt8(ascii: "u") ? 4 : rest.first == UInt8(ascii: "U") ? 8 : 0
      guard byte == UInt8(ascii: "\\"), count > 0 else {
        scalars.append(Unicode.Scalar(byte))
        continue
      }
      let digits = String(decoding: rest.dropFirst().prefix(count), as: UTF8.self)
      guard digits.utf8.count == count, let code = UInt32(digits, radix: 16),
        let scalar = Unicode.Scalar(code)
      else { throw PickleFault("expected a character after a backslash, found '\(digits)'") }
      scalars.append(scalar)
      rest = rest.dropFirst(1 + count)
    }
    return String(scalars)
  }
}
