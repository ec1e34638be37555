import Foundation
import TestSupport
import Testing

@testable import Datasets

/// PNG and JPEG files of Pillow.
struct ImageFileTests {
  private struct Expected: Decodable {
    var shape: [Int]
    var pixels: [Int]
  }

  private func decode(_ name: String) throws -> DecodedImage {
    try DecodedImage.decode(
      [UInt8](Fixture.data("datasets/\(name)")), ending: String(name.suffix(3)), name: name)
  }

  private func expected(_ name: String) throws -> Expected {
    struct Every: Decodable {
      var images: [String: Expected] = [:]
      struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
      }
      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        for key in values.allKeys where key.stringValue.contains(".") {
          images[key.stringValue] = try values.decode(Expected.self, forKey: key)
        }
      }
    }
    let every: Every = try Fixture.json("datasets/datasets.json")
    return try #require(every.images[name])
  }

  @Test(arguments: ["grey.png", "color.png", "opaque.png", "palette.png"])
  func pixelsOfPNGAreExact(name: String) throws {
    let image = try decode(name)
    let expected = try expected(name)
    #expect([image.planes.count] + image.size == expected.shape)
    #expect(image.planes.flatMap(\.self).map(Int.init) == expected.pixels)
  }

  @Test(arguments: ["grey.jpg", "color.jpg"])
  func pixelsOfJPEGDifferByOneAtMost(name: String) throws {
    let image = try decode(name)
    let expected = try expected(name)
    #expect([image.planes.count] + image.size == expected.shape)
    let found = image.planes.flatMap(\.self).map(Int.init)
    #expect(zip(found, expected.pixels).allSatisfy { abs($0 - $1) <= 1 })
  }

  @Test func greyImagesBecomeColorWhereWanted() throws {
    let grey = try decode("grey.png")
    #expect(grey.pixels(channels: 1) == grey.planes[0])
    #expect(grey.pixels(channels: 3) == grey.planes[0] + grey.planes[0] + grey.planes[0])
    let image = DecodedImage(interleaved: [1, 2, 3, 4, 5, 6], height: 1, width: 2, channels: 3)
    #expect(image.planes == [[1, 4], [2, 5], [3, 6]])
  }

  @Test(arguments: [
    ("clear.png", "found transparent pixels"), ("deep.png", "expected 8 bits a channel, found 16"),
    ("ink.jpg", "found CMYK"), ("datasets.json", "expected a file that ends in .png"),
  ])
  func whatIsNotReadIsNamed(name: String, reason: String) {
    expectDatasetError(.damaged, [name + ": ", reason]) { _ = try decode(name) }
  }

  @Test(arguments: ["grey.png", "palette.png", "color.jpg", "grey.jpg"])
  func everyTruncationIsRefused(name: String) throws {
    let file = [UInt8](try Fixture.data("datasets/\(name)"))
    // Neither format needs its end mark to be there as a whole.
    for count in 0..<(file.count - 12) {
      #expect(throws: DatasetError.self, "\(count) of \(file.count)") {
        try DecodedImage.decode(
          Array(file.prefix(count)), ending: String(name.suffix(3)), name: name)
      }
    }
  }

  @Test func hugeImagesAreRefusedBeforeTheyTakeMemory() throws {
    var file = [UInt8](try Fixture.data("datasets/grey.png"))
    // Width in the header of the PNG, with the check sum that belongs to it.
    file.replaceSubrange(16..<20, with: [0, 0, 0x80, 0])
    let check = crc(file[12..<29])
    file.replaceSubrange(29..<33, with: (0..<4).map { UInt8(check >> (24 - 8 * $0) & 255) })
    expectDatasetError(.damaged, ["expected 1 to 1024 pixels on a side, found 5 x 32768"]) {
      _ = try DecodedImage.decode(file, ending: "png", name: "x")
    }
  }

  /// CRC-32 of PNG, bit by bit.
  private func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var value = UInt32.max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}
