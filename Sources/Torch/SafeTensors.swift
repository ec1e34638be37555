import Foundation

/// Named tensors in the safetensors format: an 8-byte little-endian header length, a JSON header, then the elements.
///
/// Reading checks everything the format promises (sizes, bounds, no holes, no overlaps) and runs no code. See
/// huggingface/safetensors, README.
public struct SafeTensors {
  /// The largest header that is read, in bytes, as in the reference implementation.
  public static let headerLimit = 100_000_000

  /// The tensors by name.
  public var tensors: [String: Tensor]
  /// Free text by name.
  public var metadata: [String: String]

  /// Creates a collection of named tensors.
  public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  private struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  private enum HeaderEntry: Codable {
    case tensor(Entry)
    case metadata([String: String])

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode([String: String].self) {
        self = .metadata(text)
      } else {
        self = .tensor(try Entry(from: decoder))
      }
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .tensor(let entry): try entry.encode(to: encoder)
      case .metadata(let text): try text.encode(to: encoder)
      }
    }
  }

  private static let codes: [(String, ElementType)] = [
    ("U8", .uint8), ("I64", .int64), ("F32", .float32), ("F64", .float64), ("BF16", .bfloat16),
    ("BOOL", .bool),
  ]

  /// The file's bytes: tensors in the order of their names, so that equal content gives equal bytes.
  public func encoded() throws -> Data {
    var header: [String: HeaderEntry] = [:]
    var content: [UInt8] = []
    if !metadata.isEmpty { header["__metadata__"] = .metadata(metadata) }
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      guard let code = Self.codes.first(where: { $0.1 == tensor.type })?.0 else {
        preconditionFailure("tensor '\(name)' has no safetensors type: \(tensor.summary)")
      }
      let bytes = tensor.bytes()
      header[name] = .tensor(
        Entry(
          dtype: code, shape: tensor.shape,
          data_offsets: [content.count, content.count + bytes.count]))
      content += bytes
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var headerBytes = [UInt8](try encoder.encode(header))
    // Elements start at a multiple of eight bytes, so that they can be mapped.
    headerBytes += [UInt8](repeating: UInt8(ascii: " "), count: (8 - headerBytes.count % 8) % 8)
    var file = Data()
    withUnsafeBytes(of: UInt64(headerBytes.count).littleEndian) { file.append(contentsOf: $0) }
    file.append(contentsOf: headerBytes)
    file.append(contentsOf: content)
    return file
  }

  /// Reads a file.
  ///
  /// - Throws: ``TensorFileError`` when the file is missing or breaks the format.
  public init(contentsOf url: URL, on device: Device = .cpu) throws {
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw TensorFileError(
        .unreadable, path: url.path,
        reason: "expected a readable file: \(error.localizedDescription)")
    }
    try self.init(decoding: data, name: url.path, on: device)
  }

  /// Reads the format from bytes; `name` stands in messages for the file.
  ///
  /// - Throws: ``TensorFileError`` when the bytes break the format.
  public init(decoding data: Data, name: String, on device: Device = .cpu) throws {
    func malformed(_ reason: String) -> TensorFileError {
      TensorFileError(.malformed, path: name, reason: reason)
    }
    let bytes = [UInt8](data)
    guard bytes.count >= 8 else {
      throw malformed("expected at least 8 bytes of header length, found \(bytes.count)")
    }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Self.headerLimit), length <= UInt64(bytes.count - 8) else {
      throw malformed("header length \(length) does not fit a file of \(bytes.count) bytes")
    }
    let start = 8 + Int(length)
    let header: [String: HeaderEntry]
    do {
      header = try JSONDecoder().decode(
        [String: HeaderEntry].self, from: Data(bytes[8..<start]))
    } catch {
      throw malformed("expected a JSON header of tensors, found something else (\(error))")
    }
    tensors = [:]
    metadata = [:]
    var spans: [(Int, Int)] = []
    for (key, value) in header {
      switch value {
      case .metadata(let text):
        guard key == "__metadata__" else { throw malformed("'\(key)' is no tensor") }
        metadata = text
      case .tensor(let entry):
        guard key != "__metadata__" else { throw malformed("'__metadata__' is no text") }
        guard let type = Self.codes.first(where: { $0.0 == entry.dtype })?.1 else {
          throw malformed("tensor '\(key)' has the unsupported type \(entry.dtype)")
        }
        guard entry.data_offsets.count == 2, let size = type.byteCount(of: entry.shape) else {
          throw malformed("tensor '\(key)' has an impossible shape or offsets")
        }
        let (from, to) = (entry.data_offsets[0], entry.data_offsets[1])
        guard from >= 0, to >= from, to <= bytes.count - start, to - from == size else {
          throw malformed(
            "tensor '\(key)' of shape \(entry.shape) needs \(size) bytes, "
              + "its offsets are \(from)..<\(to)")
        }
        let content = bytes[(start + from)..<(start + to)]
        guard type != .bool || content.allSatisfy({ $0 < 2 }) else {
          throw malformed("tensor '\(key)': expected truth values of 0 or 1, found another byte")
        }
        spans.append((from, to))
        tensors[key] = content.withUnsafeBytes {
          Tensor.from(bytes: $0, shape: entry.shape, type: type, on: device)
        }
      }
    }
    var position = 0
    for span in spans.sorted(by: { $0 < $1 }) {
      guard span.0 == position else { throw malformed("hole or overlap at byte \(position)") }
      position = span.1
    }
    guard position == bytes.count - start else {
      throw malformed("expected \(position) bytes of elements, found \(bytes.count - start)")
    }
  }
}
