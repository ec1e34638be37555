import Foundation
import TestSupport
import Testing
import Torch
import TorchTestSupport

struct NPYFileTests {
  private func fixture(_ name: String) throws -> Tensor {
    try NPYFile.read(Fixture.url("torch/\(name).npy"))
  }

  @Test func filesOfNumPyAreRead() throws {
    let matrix = [0, 0.25, 0.5, 0.75, 1, 1.25]
    expectTensor(try fixture("matrix"), matrix, shape: [2, 3])
    expectTensor(try fixture("version2"), matrix, shape: [2, 3])
    expectTensor(try fixture("scalar"), [2.5], shape: [])
    expectTensor(try fixture("labels"), [3, -1, 2], shape: [3])
    expectTensor(try fixture("bytes"), [0, 255], shape: [1, 2, 1])
    expectTensor(try fixture("mask"), [1, 0], shape: [2])
    let names = ["matrix", "scalar", "labels", "bytes", "mask"]
    #expect(
      try names.map { try fixture($0).type } == [.float32, .float64, .int64, .uint8, .bool])
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let tensors = [
      Tensor.from([1.5, -0.0, .infinity] as [Float], shape: [3, 1]), .from([0.1], shape: []),
      .from([Int.min, 3], shape: [2]), .from([7] as [UInt8], shape: [1, 1, 1, 1]),
      .full(1, shape: [2], type: .bool), .zeros([0, 4]),
      .range(0..<6).reshape([2, 3]).permute([1, 0]),
    ]
    for tensor in tensors {
      expectIdentical(try NPYFile.decode(NPYFile.encode(tensor), name: "x"), tensor)
    }
  }

  /// The header is padded so that the elements are aligned, as the format asks.
  @Test func elementsStartAtAMultipleOf64() {
    for count in 0..<70 {
      let file = NPYFile.encode(.zeros([Int](repeating: 1, count: count % 30) + [count]))
      #expect((file.count - 4 * count) % 64 == 0)
    }
  }

  /// Tests/Fixtures/scripts/torch_reference.py has read this file with NumPy.
  @Test func pythonReadsWhatIsWritten() throws {
    let tensor = Tensor.from([1.5, -2, 3, 4, 5, 0.25] as [Float], shape: [3, 2])
    try expectGoldenBytes(NPYFile.encode(tensor), "torch/from_swift.npy")
    let read = try FromSwift.read().array
    #expect(read.type == "float32")
    expectTensor(tensor, read.values, shape: read.shape, relative: 0, absolute: 0)
  }

  @Test(arguments: [
    ("object", "object arrays are refused"), ("fortran", "expected C order"),
    ("big_endian", "element type >i4 is not supported, expected one of |u1, <i8"),
  ])
  func unsupportedFilesAreRefused(name: String, reason: String) throws {
    let error = #expect(throws: TensorFileError.self) { try fixture(name) }
    #expect(error?.kind == .malformed)
    #expect(error?.path.hasSuffix("torch/\(name).npy") == true)
    #expect(error?.reason.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test func aMissingFileIsUnreadable() {
    let url = URL(fileURLWithPath: "/nowhere/x.npy")
    let error = #expect(throws: TensorFileError.self) { try NPYFile.read(url) }
    #expect(error?.kind == .unreadable)
    #expect(error?.description.hasPrefix("/nowhere/x.npy: expected a readable NPY file") == true)
  }

  @Test(arguments: [
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "expected 12 bytes"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "no shape"),
    ("{'descr': '<f4', 'fortran_order': False, }", "no shape"),
    ("{'fortran_order': False, 'shape': (2,), }", "no plain element type"),
    ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "no plain element type"),
    ("{'descr': '<f4', 'shape': (2,), }", "expected C order"),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }",
      "impossible"
    ),
    (
      "{'descr': '|u1', 'fortran_order': False, 'shape': (0, 9223372036854775807, 3), }",
      "impossible"
    ),
    ("{'descr': '|b1', 'fortran_order': False, 'shape': (8,), }", "truth values"),
  ])
  func brokenHeadersAreRefused(header: String, reason: String) throws {
    let file = Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0])
    let content: [UInt8] = [2, 0, 0, 0, 0, 0, 0, 0]
    let error = #expect(throws: TensorFileError.self) {
      try NPYFile.decode(file + Data(header.utf8) + Data(content), name: "x")
    }
    #expect(error?.reason.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test func everyTruncationIsRefused() throws {
    let file = try Fixture.data("torch/matrix.npy")
    for count in 0..<file.count {
      #expect(throws: TensorFileError.self) { try NPYFile.decode(file.prefix(count), name: "x") }
    }
    #expect(throws: TensorFileError.self) { try NPYFile.decode(file + [0], name: "x") }
  }
}
