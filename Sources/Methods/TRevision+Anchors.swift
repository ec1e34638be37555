import Foundation
import Torch

extension TRevision {
  /// The sample that stands for each class: the one most likely to be given the class's label.
  ///
  /// - Parameters:
  ///   - probabilities: The probabilities of given labels of all samples, n x C, float32, n > 0.
  ///   - percentile: A percentile of a class's probabilities, 0...100, as the higher of the two values next to it; samples
  ///     at or above it are passed over as outliers, unless that leaves none. Nil passes over none.
  /// - Returns: A position a class; the lowest of equals.
  public static func anchors(probabilities: Tensor, percentile: Double?) -> [Int] {
    let (count, classes) = (probabilities.shape[0], probabilities.shape[1])
    let values = probabilities.array(of: Float.self)
    return (0..<classes).map { label in
      let column = (0..<count).map { values[$0 * classes + label] }
      var candidates = Array(0..<count)
      if let percentile {
        let place = Int((percentile / 100 * Double(count - 1)).rounded(.up))
        let limit = column.sorted()[place]
        let below = candidates.filter { column[$0] < limit }
        if !below.isEmpty { candidates = below }
      }
      return candidates.reduce(candidates[0]) { column[$1] > column[$0] ? $1 : $0 }
    }
  }

  /// The transition matrix whose row i holds the probabilities of given labels at class i's anchor, C x C.
  ///
  /// Rows sum to one because the probabilities do. The parameters are those of ``anchors(probabilities:percentile:)``.
  public static func transition(probabilities: Tensor, percentile: Double?) -> Tensor {
    let places = anchors(probabilities: probabilities, percentile: percentile)
    return withoutGradient {
      probabilities.select(.from(places, shape: [places.count], on: probabilities.device))
    }
  }
}
