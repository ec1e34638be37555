import SeededRandom
import Torch

extension HOCEstimator {
  /// How often labels are seen alone, beside one neighbour's and beside two neighbours'.
  public struct Frequencies: Hashable, Sendable {
    /// The number of classes C.
    public let classes: Int
    /// ĉ¹, C values that sum to one.
    public let singles: [Double]
    /// ĉ², C x C, row-major: a label and its nearest neighbour's.
    public let pairs: [Double]
    /// ĉ³, C x C x C, row-major: a label and those of its two nearest neighbours.
    public let triples: [Double]

    /// Counts the labels of triples of samples.
    ///
    /// - Parameters:
    ///   - labels: The label of each sample, in 0..<classes.
    ///   - triples: The positions of a sample and of its two nearest neighbours; at least one triple.
    ///   - classes: The number of classes.
    public init(labels: [Int], triples: [[Int]], classes: Int) {
      var singles = [Int](repeating: 0, count: classes)
      var pairs = [Int](repeating: 0, count: classes * classes)
      var threes = [Int](repeating: 0, count: classes * classes * classes)
      for triple in triples {
        let own = labels[triple[0]]
        let pair = own * classes + labels[triple[1]]
        singles[own] += 1
        pairs[pair] += 1
        threes[pair * classes + labels[triple[2]]] += 1
      }
      func shares(_ counts: [Int]) -> [Double] { counts.map { Double($0) / Double(triples.count) } }
      self.init(singles: shares(singles), pairs: shares(pairs), triples: shares(threes))
    }

    init(singles: [Double], pairs: [Double], triples: [Double]) {
      classes = singles.count
      self.singles = singles
      self.pairs = pairs
      self.triples = triples
    }
  }

  /// The frequencies over all rounds.
  ///
  /// Each round draws samples without replacement and finds neighbours among them. Where a round would draw all samples,
  /// one round says what all would.
  ///
  /// - Parameters:
  ///   - features: The representation of each sample, n x d, float32, n > 2.
  ///   - labels: The given label of each sample.
  ///   - classes: The number of classes.
  ///   - stream: The stream of draws; round r draws at position r.
  /// - Returns: The frequencies.
  public func frequencies(
    features: Tensor, labels: [Int], classes: Int, stream: SeedStream
  ) -> Frequencies {
    let count = labels.count
    precondition(count > 2, "two neighbours need three samples, found \(count)")
    let size = min(count, max(sampleSize, 3))
    let triples = (0..<(size == count ? 1 : rounds)).flatMap { round in
      var generator = stream.generator(UInt64(round))
      let sample = size == count ? Array(0..<count) : generator.sample(size, outOf: count)
      let rows = Tensor.from(sample, shape: [size], on: features.device)
      return Self.nearestTwo(features.select(rows)).enumerated().map { place, nearest in
        [sample[place], sample[nearest.0], sample[nearest.1]]
      }
    }
    return Frequencies(labels: labels, triples: triples, classes: classes)
  }

  /// The two nearest other samples of each sample by cosine distance, the nearest first; the lower position of equals.
  ///
  /// - Parameters:
  ///   - features: The representations, n x d, n > 2.
  ///   - block: The number of rows compared with all others at a time.
  /// - Returns: Two positions a sample.
  static func nearestTwo(_ features: Tensor, block: Int = 1000) -> [(Int, Int)] {
    withoutGradient {
      let count = features.shape[0]
      let norms = (features * features).sum(along: [1], keepDimensions: true).squareRoot()
      let unit = features / norms.clamped(to: 1e-12...Double(Float.greatestFiniteMagnitude))
      let others = unit.permute([1, 0])
      let columns = Tensor.range(0..<count, on: features.device).reshape([1, count])
      // Below any cosine.
      let excluded = Tensor.full(-2, shape: [1], on: features.device)
      return stride(from: 0, to: count, by: block).flatMap { start -> [(Int, Int)] in
        let length = min(block, count - start)
        let own = Tensor.range(start..<(start + length), on: features.device)
        var similarities = unit.narrow(0, from: start, length: length).matmul(others)
        func next(after places: Tensor) -> Tensor {
          similarities = .choose(
            where: columns.isEqual(to: places.reshape([length, 1])), excluded, else: similarities)
          return similarities.argmax(along: 1)
        }
        let first = next(after: own)
        let second = next(after: first)
        return Array(zip(first.array(of: Int.self), second.array(of: Int.self)))
      }
    }
  }
}
