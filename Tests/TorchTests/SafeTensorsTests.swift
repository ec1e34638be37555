import Foundation
import TestSupport
import Testing
import Torch
import TorchTestSupport

struct SafeTensorsTests {
  private let sample = [
    "b.weight": Tensor.from([1.5, -2, 3, 4, 5, 0.25] as [Float], shape: [3, 2]),
    "a": .from([0.1], shape: []), "labels": .from([3, -4], shape: [2]),
    "bytes": .from([0, 9, 255] as [UInt8], shape: [3]), "mask": .full(1, shape: [1], type: .bool),
    "half": .full(-2.5, shape: [1, 2], type: .bfloat16), "empty": .zeros([0, 2]),
  ]

  @Test func filesOfTheReferenceImplementationAreRead() throws {
    let file = try SafeTensors(contentsOf: Fixture.url("torch/reference.safetensors"))
    #expect(file.metadata == ["source": "PyTorch", "note": "quote \" and é"])
    #expect(
      file.tensors.mapValues { $0.summary } == [
        "weights": "float32[2, 3]", "double": "float64[2]", "labels": "int64[2, 1]",
        "bytes": "uint8[3]", "mask": "bool[3]", "half": "bfloat16[2]", "scalar": "float32[]",
        "empty": "float32[0, 3]",
      ])
    let values = file.tensors.mapValues { $0.to(.float64).array(of: Double.self) }
    #expect(
      values == [
        "weights": [0, 0.25, 0.5, 0.75, 1, 1.25], "double": [1.5, -2.25], "labels": [7, -8],
        "bytes": [0, 128, 255], "mask": [1, 0, 1], "half": [1, -3.5], "scalar": [4], "empty": [],
      ])
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let written = SafeTensors(tensors: sample, metadata: ["epoch": "7", "": "ü\n"])
    let data = try written.encoded()
    let read = try SafeTensors(decoding: data, name: "x")
    #expect(read.metadata == written.metadata)
    #expect(Set(read.tensors.keys) == Set(written.tensors.keys))
    for (name, tensor) in written.tensors {
      expectIdentical(try #require(read.tensors[name]), tensor, name)
    }
    #expect(try written.encoded() == data, "equal content gives equal bytes")
    #expect(data[..<8].reversed().reduce(0) { $0 << 8 | Int($1) } % 8 == 0, "aligned elements")
  }

  @Test func layoutInMemoryDoesNotMatter() throws {
    let image = Tensor.range(0..<12).reshape([1, 3, 2, 2])
    let plain = try SafeTensors(tensors: ["x": image]).encoded()
    #expect(try SafeTensors(tensors: ["x": image.channelsLast()]).encoded() == plain)
  }

  @Test func noTensorsAreAFileToo() throws {
    let empty = try SafeTensors(decoding: SafeTensors(tensors: [:]).encoded(), name: "x")
    #expect(empty.tensors.isEmpty && empty.metadata.isEmpty)
  }

  /// Tests/Fixtures/scripts/torch_reference.py has read this file with Python's safetensors.
  @Test func pythonReadsWhatIsWritten() throws {
    let file = SafeTensors(tensors: sample, metadata: ["epoch": "7"])
    try expectGoldenBytes(try file.encoded(), "torch/from_swift.safetensors")
    let read = try FromSwift.read()
    #expect(read.metadata == ["epoch": "7"])
    #expect(Set(read.tensors.keys) == Set(sample.keys))
    for (name, tensor) in sample {
      let entry = try #require(read.tensors[name])
      #expect(entry.type == "torch." + (tensor.type.map { "\($0)" } ?? ""))
      expectTensor(tensor, entry.values, shape: entry.shape, relative: 1e-9, absolute: 0, name)
    }
  }

  @Test func aMissingFileIsUnreadable() {
    let url = URL(fileURLWithPath: "/nowhere/x.safetensors")
    let error = #expect(throws: TensorFileError.self) { try SafeTensors(contentsOf: url) }
    #expect(error?.kind == .unreadable)
    #expect(
      error?.description.hasPrefix("/nowhere/x.safetensors: expected a readable file") == true)
  }

  private func file(_ header: String, content: Int, length: UInt64? = nil) -> Data {
    let length = length ?? UInt64(header.utf8.count)
    return withUnsafeBytes(of: length.littleEndian) { Data($0) } + Data(header.utf8)
      + Data(repeating: 2, count: content)
  }

  @Test(arguments: [
    (
      "hole",
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"#
        + #""b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]}}"#, 6, "hole or overlap at byte 2"
    ),
    (
      "overlap",
      #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"#
        + #""b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}"#, 6, "hole or overlap at byte 4"
    ),
    ("start", #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[4,6]}}"#, 6, "hole"),
    ("rest", #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 6, "expected 2 bytes"),
    ("short", #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 6, "needs 8 bytes"),
    ("size", #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,6]}}"#, 6, "needs 8 bytes"),
    ("backwards", #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[6,0]}}"#, 6, "offsets are 6"),
    ("negative", #"{"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}"#, 6, "impossible"),
    ("offset", #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[-2,0]}}"#, 6, "offsets are -2"),
    (
      "product", #"{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,6]}}"#, 6,
      "impossible"
    ),
    (
      "strides", #"{"a":{"dtype":"U8","shape":[0,9223372036854775807,3],"data_offsets":[0,0]}}"#, 0,
      "impossible"
    ),
    ("number", #"{"a":{"dtype":"U8","shape":[1e99],"data_offsets":[0,6]}}"#, 6, "JSON header"),
    ("offsets", #"{"a":{"dtype":"U8","shape":[6],"data_offsets":[0]}}"#, 6, "impossible"),
    ("type", #"{"a":{"dtype":"C64","shape":[0],"data_offsets":[0,0]}}"#, 0, "unsupported type C64"),
    ("truth", #"{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}"#, 2, "truth values"),
    ("field", #"{"a":{"dtype":"U8","shape":[0]}}"#, 0, "JSON header"),
    ("text", #"{"a":{"dtype":"U8"}}"#, 0, "'a' is no tensor"),
    (
      "metadata", #"{"__metadata__":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#, 0,
      "'__metadata__' is no text"
    ),
    ("array", "[]", 0, "JSON header"), ("nothing", "", 0, "JSON header"),
    ("deep", String(repeating: "[", count: 100_000), 0, "JSON header"),
  ])
  func brokenFilesAreRefused(name: String, header: String, content: Int, reason: String) {
    let error = #expect(throws: TensorFileError.self) {
      try SafeTensors(decoding: file(header, content: content), name: "some.safetensors")
    }
    #expect(error?.kind == .malformed)
    #expect(error?.path == "some.safetensors")
    #expect(error?.reason.contains(reason) == true, "\(name): \(error?.description ?? "")")
  }

  @Test(arguments: [3, 1 << 20, 100_000_001, UInt64(Int.max), .max])
  func aHeaderLengthThatDoesNotFitIsRefused(length: UInt64) {
    #expect(throws: TensorFileError.self) {
      try SafeTensors(decoding: file("{}", content: 0, length: length), name: "x")
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let file = try Fixture.data("torch/reference.safetensors")
    for count in 0..<file.count {
      #expect(throws: TensorFileError.self) {
        try SafeTensors(decoding: file.prefix(count), name: "x")
      }
    }
    #expect(throws: TensorFileError.self) { try SafeTensors(decoding: file + [0], name: "x") }
  }

  @Test func aRefusedFileLeavesNoTensor() throws {
    let data = try Fixture.data("torch/reference.safetensors") + [0]
    expectNoTensorLeak {
      #expect(throws: TensorFileError.self) { try SafeTensors(decoding: data, name: "x") }
    }
  }
}
