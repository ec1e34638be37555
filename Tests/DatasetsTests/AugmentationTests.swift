import SeededRandom
import Testing
import Torch
import TorchTestSupport

@testable import Datasets

struct AugmentationTests {
  private let stream = SeedStream(root: 7, purpose: "augmentation")

  private func draw(_ identifiers: [Int], epoch: Int = 0, stream: SeedStream? = nil) throws
    -> Augmentation.Draw
  {
    try #require(
      Augmentation.cropAndFlip.draw(
        identifiers: identifiers, width: 5, epoch: epoch, stream: stream ?? self.stream, on: .cpu))
  }

  private func numbers(_ draw: Augmentation.Draw) -> [[Int]] {
    [draw.top, draw.left, draw.sign].map { $0.array(of: Int.self) }
  }

  /// Two images of 2 channels, 4 x 5, with a different value at each place.
  private let pixels = (1...80).map { UInt8($0) }
  private var bank: ImageBank {
    ImageBank(
      pixels: pixels, shape: [2, 4, 5], mean: [0, 0], standardDeviation: [1 / 255, 1 / 255],
      on: .cpu)
  }

  /// An image padded by 4 zeros, cropped at (top, left) and mirrored or not, one pixel at a time.
  private func expected(image: Int, top: Int, left: Int, isMirrored: Bool) -> [Double] {
    var values: [Double] = []
    for channel in 0..<2 {
      for row in 0..<4 {
        for column in 0..<5 {
          let (y, x) = (row + top - 4, (isMirrored ? 4 - column : column) + left - 4)
          let isInside = (0..<4).contains(y) && (0..<5).contains(x)
          values.append(isInside ? Double(pixels[image * 40 + channel * 20 + y * 5 + x]) : 0)
        }
      }
    }
    return values
  }

  private func given(_ samples: [(top: Int, left: Int, isMirrored: Bool)]) -> Augmentation.Draw {
    let shape = [samples.count]
    return Augmentation.Draw(
      top: .from(samples.map(\.top), shape: shape),
      left: .from(samples.map { $0.isMirrored ? $0.left + 4 : $0.left }, shape: shape),
      sign: .from(samples.map { $0.isMirrored ? -1 : 1 }, shape: shape))
  }

  @Test func everyCropAndMirrorImageIsRight() {
    let bank = bank
    let rows = Tensor.from([1, 0], shape: [2])
    for top in 0...8 {
      for left in 0...8 {
        for isMirrored in [false, true] {
          let samples = [(top, left, isMirrored), (8 - top, 8 - left, !isMirrored)]
          let values =
            expected(image: 1, top: top, left: left, isMirrored: isMirrored)
            + expected(image: 0, top: 8 - top, left: 8 - left, isMirrored: !isMirrored)
          expectTensor(
            bank.batch(rows: rows, augmented: given(samples)), values, shape: [2, 2, 4, 5],
            absolute: 1e-4, "\(samples)")
        }
      }
    }
  }

  @Test func theCentreCropIsTheImage() {
    let rows = Tensor.from([0, 1], shape: [2])
    expectIdentical(
      bank.batch(rows: rows, augmented: given([(4, 4, false), (4, 4, false)])),
      bank.batch(rows: rows))
  }

  @Test func drawsBecomeBatchesByHand() throws {
    var generator = stream.generator(2, 41)
    let (top, left) = (generator.uniform(below: 9), generator.uniform(below: 9))
    let isMirrored = generator.uniform() < 0.5
    let batch = bank.batch(rows: .from([1], shape: [1]), augmented: try draw([41], epoch: 2))
    expectTensor(
      batch, expected(image: 1, top: top, left: left, isMirrored: isMirrored), shape: [1, 2, 4, 5],
      absolute: 1e-4)
  }

  @Test func aSampleIsDrawnAlikeInEveryBatch() throws {
    let whole = numbers(try draw(Array(0..<50)))
    let order = [31, 4, 4, 49]
    let part = numbers(try draw(order))
    #expect(part == whole.map { column in order.map { column[$0] } })
    let picked = try draw(Array(0..<50)).select(.from(order, shape: [4]))
    #expect(numbers(picked) == part)
  }

  @Test func streamEpochAndIdentifierDecide() throws {
    let identifiers = Array(0..<50)
    let base = numbers(try draw(identifiers))
    #expect(numbers(try draw(identifiers)) == base)
    #expect(numbers(try draw(identifiers, epoch: 1)) != base)
    #expect(numbers(try draw(identifiers.map { $0 + 50 })) != base)
    let other = SeedStream(root: 8, purpose: "augmentation")
    #expect(numbers(try draw(identifiers, stream: other)) != base)
  }

  @Test func offsetsAndMirrorImagesAreEquallyFrequent() throws {
    let count = 20_000
    let columns = numbers(try draw(Array(0..<count)))
    let isMirrored = columns[2].map { $0 == -1 }
    let starts = zip(columns[1], isMirrored).map { $1 ? $0 - 4 : $0 }
    // Within five standard deviations of the binomial counts.
    func expectCount(_ found: Int, chance: Double, _ name: String) {
      let mean = Double(count) * chance
      #expect(
        abs(Double(found) - mean) < 5 * (mean * (1 - chance)).squareRoot(), "\(name): \(found)")
    }
    expectCount(isMirrored.count { $0 }, chance: 0.5, "mirrored")
    for offset in 0...8 {
      expectCount(columns[0].count { $0 == offset }, chance: 1 / 9, "top \(offset)")
      expectCount(starts.count { $0 == offset }, chance: 1 / 9, "left \(offset)")
    }
    // No offset goes with a direction.
    expectCount(zip(starts, isMirrored).count { $0 == 0 && $1 }, chance: 1 / 18, "joint")
  }

  @Test func noAugmentationDrawsNothing() {
    #expect(
      Augmentation.none.draw(identifiers: [1], width: 5, epoch: 0, stream: stream, on: .cpu) == nil)
    #expect(Augmentation.allCases.map(\.rawValue) == ["none", "crop-and-flip"])
  }
}
