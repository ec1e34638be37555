/// The functions and classes that a pickle may name, each of which stands for a way to build plain data.
enum PickleGlobal: String, CaseIterable {
  case reconstruct = "numpy.core.multiarray._reconstruct"
  case array = "numpy.ndarray"
  case elementType = "numpy.dtype"
  case encode = "_codecs.encode"
  case bytes = "builtins.bytes"

  /// The name in a module; names of other versions of Python and NumPy count as the same.
  ///
  /// - Throws: A fault that says the name when it is none of these.
  static func named(_ name: String, module: String) throws(PickleFault) -> PickleGlobal {
    let home: String
    switch module {
    case "numpy._core.multiarray": home = "numpy.core.multiarray"
    case "__builtin__": home = "builtins"
    default: home = module
    }
    guard let global = PickleGlobal(rawValue: "\(home).\(name)") else {
      throw PickleFault(
        "expected plain data, found the name \(module.prefix(80)).\(name.prefix(80)), "
          + "which is refused: it could run code")
    }
    return global
  }

  /// The fault of a use that builds no plain data.
  var refusal: PickleFault { PickleFault("this use of \(rawValue) builds no plain data; refused") }
}

extension PickleMachine {
  /// Pushes what the module and the name on the stack stand for.
  mutating func pushNamed() throws(PickleFault) {
    let names = try pop(2)
    guard case .text(let module) = names[0], case .text(let name) = names[1] else {
      throw PickleFault("expected a module and a name, found something else")
    }
    push(.global(try PickleGlobal.named(name, module: module)))
  }

  /// What a refused object is of, for messages.
  func classBelow() -> String {
    for item in stack.reversed() {
      if case .global(let global) = item { return global.rawValue }
    }
    return "a class"
  }

  /// Builds what a permitted name makes of its arguments.
  mutating func reduce() throws(PickleFault) {
    let call = try pop(2)
    guard case .global(let global) = call[0] else {
      throw PickleFault("expected a permitted name to call, found something else; refused")
    }
    guard case .object(let place) = call[1], case .tuple(let arguments) = heap[place] else {
      throw global.refusal
    }
    switch global {
    case .reconstruct:
      guard case .global(.array)? = arguments.first else { throw global.refusal }
      push(.array(nil))
    case .elementType:
      guard case .text(let code)? = arguments.first.map(plainText) else { throw global.refusal }
      guard let element = PickleArray.Element(rawValue: code) else {
        throw PickleFault("element type '\(code.prefix(20))' is not read, expected numbers")
      }
      push(.elementType(element, isBigEndian: false))
    case .encode:
      guard arguments.count == 2, case .text(let text) = arguments[0],
        case .text("latin1") = plainText(arguments[1])
      else { throw global.refusal }
      push(.bytes(try latin1(text)))
    case .bytes:
      guard arguments.isEmpty else { throw global.refusal }
      push(.bytes([]))
    case .array: throw global.refusal
    }
  }

  /// Gives an array or an element type its state.
  mutating func build() throws(PickleFault) {
    let state = try pop(1)
    let target = try pop()
    push(target)
    guard case .object(let place) = target, case .object(let source) = state[0],
      case .tuple(let parts) = heap[source]
    else {
      throw PickleFault("expected an array to give a state to, found something else; refused")
    }
    switch heap[place] {
    case .elementType(let element, _):
      guard parts.count >= 2, case .text(let order) = plainText(parts[1]),
        ["<", ">", "|", "="].contains(order)
      else { throw PickleGlobal.elementType.refusal }
      heap[place] = .elementType(element, isBigEndian: order == ">")
    case .array(nil): heap[place] = .array(try array(parts))
    default:
      throw PickleFault("expected an array to give a state to, found another value; refused")
    }
  }

  /// The array of a state: version, shape, element type, whether columns come first, bytes.
  private func array(_ parts: [Item]) throws(PickleFault) -> PickleArray {
    guard parts.count == 5, case .object(let shapePlace) = parts[1],
      case .tuple(let sizes) = heap[shapePlace], sizes.count <= 8,
      case .object(let typePlace) = parts[2],
      case .elementType(let element, let isBigEndian) = heap[typePlace],
      case .bool(let isColumnMajor) = parts[3], case .bytes(let bytes) = parts[4]
    else {
      throw PickleFault("expected an array of numbers with its bytes, found another array; refused")
    }
    var shape: [Int] = []
    for size in sizes {
      guard case .integer(let size) = size else { throw PickleFault("a size is no integer") }
      shape.append(size)
    }
    guard let count = PickleArray.count(of: shape), bytes.count % element.byteCount == 0,
      bytes.count / element.byteCount == count
    else {
      throw PickleFault(
        "expected bytes for shape \(shape) of \(element.rawValue), found \(bytes.count) bytes")
    }
    return PickleArray(
      element: element, isBigEndian: isBigEndian, shape: shape, isColumnMajor: isColumnMajor,
      bytes: bytes)
  }

  /// Python 2's strings, which are bytes, as text where they are ASCII.
  private func plainText(_ item: Item) -> Item {
    guard case .bytes(let bytes) = item, bytes.allSatisfy({ $0 < 128 }) else { return item }
    return .text(String(decoding: bytes, as: UTF8.self))
  }

  private func latin1(_ text: String) throws(PickleFault) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      guard let byte = UInt8(exactly: scalar.value) else {
        throw PickleFault("expected characters of Latin-1, found '\(scalar)'")
      }
      bytes.append(byte)
    }
    return bytes
  }
}
