/// Repulsion read off a grid, on which it is a convolution.
///
/// With the kernel K(r) = (1 + r²)⁻¹, the potential φ(y) = Σ_j K(|y − y_j|) gives both what is wanted:
/// Z = Σ_i φ(y_i) − n, and the force Σ_j (y − y_j) K² = −∇φ(y) / 2. Points are spread on the nodes of a
/// grid with the weights of a quintic B-spline, the grid is convolved with the kernel by Fourier
/// transforms, and φ and its gradient are read at the points as those of the spline. Splines on a fixed grid
/// are smooth everywhere and need fewer nodes than the separate polynomials of each cell in the source.
///
/// Source: G. C. Linderman, M. Rachh, J. G. Hoskins, S. Steinerberger, Y. Kluger, "Fast interpolation-based
/// t-SNE for improved visualization of single-cell RNA-seq data", Nature Methods 16, 2019; splines as in
/// U. Essmann et al., "A smooth particle mesh Ewald method", Journal of Chemical Physics 103, 1995.
final class InterpolatedRepulsion: Repulsion {
  /// The nodes over the points.
  private struct Grid {
    let plane: PlaneConvolution
    /// The distance between neighbouring nodes.
    let spacing: Float
    /// What a point reads of itself.
    let ownImage: OwnImage
    /// The place of the first node.
    var origin: SIMD2<Float> = .zero

    /// A point's place in nodes.
    @inline(__always)
    func nodes(_ point: SIMD2<Float>) -> SIMD2<Float> { (point - origin) * (1 / spacing) }
  }

  private let work: ChunkedWork
  private var grid: Grid?
  private let cells: Scratch<SIMD2<Int32>>
  private let order: Scratch<Int32>

  /// The distance between nodes where the points are far apart; narrower places have more nodes.
  private static let widestSpacing: Float = 0.4
  /// Halvings of that, at most.
  private static let halvings = 2
  /// The nodes a side that halving may lead to.
  private static let fewNodes: Float = 96
  /// Nodes beyond the points on either side, for the weights and for what the responses blur.
  private static let margin = 4
  /// Rows of the grid that are written together; no point writes to more than two such bands.
  private static let band = 16

  init(count: Int, work: ChunkedWork) {
    self.work = work
    cells = Scratch(repeating: .zero, count: count)
    order = Scratch(repeating: 0, count: count)
  }

  func forces(at points: Scratch<SIMD2<Float>>, into result: Scratch<SIMD2<Float>>) -> Double {
    let grid = grid(over: points)
    let starts = sortIntoBands(points, grid)
    spread(points, starts: starts, on: grid)
    grid.plane.convolve()
    return read(points, from: grid, into: result)
  }

  /// A grid that is large enough; the one at hand while it fits, as its kernel takes as long as a few
  /// convolutions.
  private func grid(over points: Scratch<SIMD2<Float>>) -> Grid {
    var low = SIMD2<Float>(repeating: .infinity)
    var high = SIMD2<Float>(repeating: -.infinity)
    for index in 0..<points.count {
      low = pointwiseMin(low, points[index])
      high = pointwiseMax(high, points[index])
    }
    var spacing = Self.widestSpacing
    for _ in 0..<Self.halvings where (high - low).max() < Self.fewNodes / 2 * spacing {
      spacing /= 2
    }
    let origin = low - Float(Self.margin) * spacing
    let nodes = SIMD2<Int>((high - low) / spacing) &+ (2 * Self.margin + 2)
    if var grid, grid.spacing == spacing, grid.plane.columns >= nodes.x,
      grid.plane.rows >= nodes.y, grid.plane.columns * grid.plane.rows <= nodes.x * nodes.y * 3 / 2
    {
      grid.origin = origin
      return grid
    }
    let roomy = nodes &+ nodes / 16
    let plane = PlaneConvolution(
      columns: roomy.x, rows: roomy.y, spacing: Double(spacing), work: work)
    let ownImage =
      grid?.spacing == spacing ? grid?.ownImage : OwnImage(spacing: Double(spacing))
    let made = Grid(
      plane: plane, spacing: spacing, ownImage: ownImage ?? OwnImage(spacing: Double(spacing)),
      origin: origin)
    grid = made
    return made
  }

  /// Sorts the points by band, in their order within a band.
  ///
  /// - Returns: Where each band begins; one more at the end.
  private func sortIntoBands(_ points: Scratch<SIMD2<Float>>, _ grid: Grid) -> Scratch<Int> {
    let bands = (grid.plane.rows + Self.band - 1) / Self.band
    let starts = Scratch(repeating: 0, count: bands + 1)
    for index in 0..<points.count {
      let cell = SIMD2<Int32>(grid.nodes(points[index]))
      cells[index] = cell
      starts[Int(cell.y) / Self.band + 1] += 1
    }
    for band in 0..<bands { starts[band + 1] += starts[band] }
    let filled = Scratch(repeating: 0, count: bands)
    for index in 0..<points.count {
      let band = Int(cells[index].y) / Self.band
      order[starts[band] + filled[band]] = Int32(index)
      filled[band] += 1
    }
    return starts
  }

  /// Writes every point's charge of one to the nodes around it.
  ///
  /// First the even bands, then the odd ones: so no two threads write to one node, and each node's sum is
  /// taken in the same order always.
  private func spread(_ points: Scratch<SIMD2<Float>>, starts: Scratch<Int>, on grid: Grid) {
    let plane = grid.plane
    plane.values.pointer.update(repeating: 0, count: plane.values.count)
    let spline = QuinticSpline()
    let bands = starts.count - 1
    for parity in 0..<min(2, bands) {
      work.forEach((bands - parity + 1) / 2, chunk: 1) { range in
        let band = 2 * range.lowerBound + parity
        for place in starts[band]..<starts[band + 1] {
          let index = Int(order[place])
          let part = grid.nodes(points[index]) - SIMD2<Float>(cells[index])
          spline.spread(at: part, from: plane.firstNode(of: cells[index]), stride: plane.stride)
        }
      }
    }
  }

  /// Reads potential and gradient at every point.
  private func read(
    _ points: Scratch<SIMD2<Float>>, from grid: Grid, into result: Scratch<SIMD2<Float>>
  ) -> Double {
    let plane = grid.plane
    let spline = QuinticSpline()
    let factor = -0.5 / grid.spacing
    return work.sum(points.count, chunk: 512) { range in
      var total = 0.0
      for place in range {
        let index = Int(order[place])
        let part = grid.nodes(points[index]) - SIMD2<Float>(cells[index])
        let found = spline.read(
          at: part, from: plane.firstNode(of: cells[index]), stride: plane.stride)
        let own = grid.ownImage.at(part)
        total += Double(found.value - own.value)
        result[index] = (found.slope - own.slope) * factor
      }
      return SIMD2(total, 0)
    }[0]
  }
}
