import CBLAS
import Foundation

/// Multinomial logistic regression with a penalty on the weights, over some rows of features.
///
/// The parameters are C rows of a weight for each column and, last, an intercept. The loss is the
/// mean over the rows of -ln p(class), plus half the penalty times the sum of squared weights;
/// intercepts are free. Two classes have two rows of weights like any other number.
struct LogisticProbe {
  let features: FeatureMatrix
  let classes: [Int]
  let classCount: Int
  let penalty: Double
  let threads: Int

  private var width: Int { features.columns + 1 }

  /// The parameters that minimise the loss over ranges of rows.
  func fit(_ ranges: [Range<Int>], search: LBFGS) -> LBFGS.Outcome {
    let blocks = Self.cut(ranges)
    let count = Double(ranges.reduce(0) { $0 + $1.count })
    let start = [Double](repeating: 0, count: classCount * width)
    return search.minimise(from: start) { parameters in
      evaluate(parameters, blocks: blocks, count: count)
    }
  }

  /// -ln p(class) of each row of a range.
  func losses(_ parameters: [Double], _ range: Range<Int>) -> [Double] {
    Self.cut([range]).flatMap { block in
      var scores = [Double](repeating: 0, count: block.count * classCount)
      withRows(block) { rows in score(rows, block.count, parameters, &scores) }
      return block.enumerated().map { place, row in
        let own = scores[place * classCount..<(place + 1) * classCount]
        return Self.logSum(own) - own[own.startIndex + classes[row]]
      }
    }
  }

  /// The loss and its slope, from blocks of rows whose parts are added up in order.
  private func evaluate(
    _ parameters: [Double], blocks: [Range<Int>], count: Double
  ) -> (value: Double, slope: [Double]) {
    let size = parameters.count
    var values = [Double](repeating: 0, count: blocks.count)
    var slopes = [Double](repeating: 0, count: blocks.count * size)
    values.withUnsafeMutableBufferPointer { values in
      slopes.withUnsafeMutableBufferPointer { slopes in
        let (values, slopes) = (values, slopes)
        Blocks.forEach(blocks.count, threads: threads) { block, _ in
          guard let slope = slopes.baseAddress else { return }
          values[block] = add(blocks[block], parameters, to: slope + block * size)
        }
      }
    }
    var value = values.reduce(0, +) / count
    var slope = [Double](repeating: 0, count: size)
    for block in blocks.indices {
      for place in 0..<size { slope[place] += slopes[block * size + place] }
    }
    for place in 0..<size {
      slope[place] /= count
      if place % width == width - 1 { continue }
      value += penalty / 2 * parameters[place] * parameters[place]
      slope[place] += penalty * parameters[place]
    }
    return (value, slope)
  }

  /// The sum of the losses of a block; the sum of their slopes goes to `slope`.
  private func add(
    _ block: Range<Int>, _ parameters: [Double], to slope: UnsafeMutablePointer<Double>
  ) -> Double {
    var scores = [Double](repeating: 0, count: block.count * classCount)
    var total = 0.0
    withRows(block) { rows in
      score(rows, block.count, parameters, &scores)
      for (place, row) in block.enumerated() {
        let start = place * classCount
        let logSum = Self.logSum(scores[start..<start + classCount])
        total += logSum - scores[start + classes[row]]
        for number in start..<start + classCount { scores[number] = exp(scores[number] - logSum) }
        scores[start + classes[row]] -= 1
      }
      cblas_dgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, Int32(classCount), Int32(width),
        Int32(block.count), 1, scores, Int32(classCount), rows, Int32(width), 0, slope,
        Int32(width))
    }
    return total
  }

  /// The scores of each class: rows times the parameters' transpose.
  private func score(
    _ rows: UnsafePointer<Double>, _ count: Int, _ parameters: [Double], _ scores: inout [Double]
  ) {
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(count), Int32(classCount), Int32(width), 1,
      rows, Int32(width), parameters, Int32(width), 0, &scores, Int32(classCount))
  }

  /// Calls `body` with rows in double precision, each with a one behind it for the intercept.
  private func withRows(_ range: Range<Int>, _ body: (UnsafePointer<Double>) -> Void) {
    let rows = UnsafeMutablePointer<Double>.allocate(capacity: range.count * width)
    defer { rows.deallocate() }
    let columns = features.columns
    features.values.withUnsafeBufferPointer { values in
      for (place, row) in range.enumerated() {
        let to = rows + place * width
        for column in 0..<columns { to[column] = Double(values[row * columns + column]) }
        to[columns] = 1
      }
    }
    body(rows)
  }

  private static func cut(_ ranges: [Range<Int>]) -> [Range<Int>] {
    let total = ranges.reduce(0) { $0 + $1.count }
    let size = max(512, total / 64)
    return ranges.flatMap { range in
      Blocks.ranges(of: range.count, size: size).map {
        range.lowerBound + $0.lowerBound..<range.lowerBound + $0.upperBound
      }
    }
  }

  /// ln Σ exp.
  private static func logSum(_ scores: ArraySlice<Double>) -> Double {
    let largest = scores.max() ?? 0
    return largest + log(scores.reduce(0) { $0 + exp($1 - largest) })
  }
}
