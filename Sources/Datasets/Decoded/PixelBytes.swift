import Foundation
import Torch

/// Pixels as a collection of bytes that never change, wherever they are held.
///
/// Copies of the value, its parts, and tensors over it (``tensor(shape:on:)``) share one memory, which may be a file that
/// processes share; see ``DecodedImages``.
public struct PixelBytes: RandomAccessCollection, Sendable {
  private let memory: PixelMemory
  private let range: Range<Int>

  init(_ memory: PixelMemory, _ range: Range<Int>) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= memory.bytes.count,
      "expected a part of \(memory.bytes.count) bytes, found \(range)")
    self.memory = memory
    self.range = range
  }

  /// Holds a copy of bytes.
  public init(_ bytes: [UInt8]) {
    let memory = PixelMemory(count: bytes.count) { target in
      bytes.withUnsafeBytes { target.copyMemory(from: $0) }
    }
    self.init(memory, 0..<bytes.count)
  }

  /// Zero.
  public var startIndex: Int { 0 }

  /// The number of bytes.
  public var endIndex: Int { range.count }

  /// The byte at a place.
  public subscript(position: Int) -> UInt8 {
    precondition(
      position >= 0 && position < range.count, "no byte \(position) among \(range.count)")
    return memory.bytes[range.lowerBound + position]
  }

  /// The bytes at some places, sharing this memory; its first place is zero.
  public func part(_ places: Range<Int>) -> PixelBytes {
    precondition(
      places.lowerBound >= 0 && places.upperBound <= range.count,
      "no bytes \(places) among \(range.count)")
    return PixelBytes(
      memory, (range.lowerBound + places.lowerBound)..<(range.lowerBound + places.upperBound))
  }

  /// Calls a body with the bytes in memory, which are valid until it returns.
  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(memory) {
      try body(UnsafeRawBufferPointer(rebasing: memory.bytes[range]))
    }
  }

  /// Calls a body with the bytes in memory, which are valid until it returns; never nil.
  public func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result? {
    try withUnsafeBytes { try $0.withMemoryRebound(to: UInt8.self, body) }
  }

  /// A tensor of the bytes in row-major order: on the processor it shares their memory, elsewhere it is a copy.
  ///
  /// - Precondition: There are as many bytes as the shape has elements.
  public func tensor(shape: [Int], on device: Device) -> Tensor {
    withUnsafeBytes { bytes in
      device == .cpu
        ? .wrapping(bytes: bytes, owner: memory, shape: shape, type: .uint8)
        : .from(bytes: bytes, shape: shape, type: .uint8, on: device)
    }
  }
}

extension PixelBytes: Hashable {
  /// Whether the bytes are the same, wherever they are held.
  public static func == (left: PixelBytes, right: PixelBytes) -> Bool {
    guard left.count == right.count else { return false }
    if left.memory === right.memory && left.range == right.range { return true }
    return left.withUnsafeBytes { a in
      right.withUnsafeBytes { b in
        guard let first = a.baseAddress, let second = b.baseAddress else { return true }
        return memcmp(first, second, a.count) == 0
      }
    }
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
