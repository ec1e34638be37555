import Foundation

/// What a point reads of its own charge on the grid, which is not quite the kernel's value of 1.
///
/// Between the nodes the splines blur the kernel's peak, by an amount that depends on the place (s, t) in
/// the cell and would pull the point to the nodes. To a few parts in 10⁵ it is the first harmonic,
/// A + B (cos 2πs + cos 2πt) + C cos 2πs cos 2πt, which three places tell; the slope that the point feels
/// is half of its own, as only one of the two charges moves.
struct OwnImage {
  private let constant: Float
  private let single: Float
  private let double: Float

  /// Finds the image for a distance between nodes.
  init(spacing: Double) {
    let work = ChunkedWork(threads: 1)
    let spline = QuinticSpline()
    func value(_ part: SIMD2<Float>) -> Float {
      let plane = PlaneConvolution(columns: 16, rows: 16, spacing: spacing, work: work)
      let node = plane.firstNode(of: SIMD2(8, 8))
      spline.spread(at: part, from: node, stride: plane.stride)
      plane.convolve()
      return spline.read(at: part, from: node, stride: plane.stride).value
    }
    let node = value(.zero)
    let edge = value(SIMD2(0.5, 0))
    let middle = value(SIMD2(0.5, 0.5))
    single = (node - middle) / 4
    double = (node + middle - 2 * edge) / 4
    constant = edge + double
  }

  /// Value and slope by the node at a place in a cell.
  @inline(__always)
  func at(_ part: SIMD2<Float>) -> (value: Float, slope: SIMD2<Float>) {
    let angle = 2 * Float.pi * part
    let (cx, cy) = (cos(angle.x), cos(angle.y))
    let (sx, sy) = (sin(angle.x), sin(angle.y))
    return (
      constant + single * (cx + cy) + double * cx * cy,
      -Float.pi * SIMD2(sx * (single + double * cy), sy * (single + double * cx))
    )
  }
}
