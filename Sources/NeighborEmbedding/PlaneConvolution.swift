import Foundation

/// The convolution of charges on a grid with (1 + r²)⁻¹, as interpolation by splines needs it.
///
/// Charges come as weights of splines and the potential goes as coefficients of splines, so the kernel's
/// spectrum is divided by the splines' response on either side. The grid is surrounded by zeros to twice
/// its size, so that nothing comes round its edges; its rows are transformed in pairs, one as the real
/// and one as the imaginary part.
final class PlaneConvolution {
  /// The columns and rows of the grid.
  let columns: Int
  let rows: Int
  /// The distance of rows, in elements; the columns beyond ``columns`` are nobody's.
  let stride: Int
  /// The charges, row after row, and then the potential's coefficients.
  let values: Scratch<Float>

  private typealias Complex = FourierTransform.Complex

  /// Rows that are transformed together: their numbers at one frequency fill a line of the cache.
  private static let block = 8

  private let work: ChunkedWork
  private let alongRows: FourierTransform
  private let alongColumns: FourierTransform
  /// The frequencies of each column together; half of the columns, as the others mirror them.
  private let spectrum: Scratch<Complex>
  private let kernel: Scratch<Float>
  private let frequencies: Int

  /// Prepares convolutions on a grid of at least so many columns and rows.
  init(columns: Int, rows: Int, spacing: Double, work: ChunkedWork) {
    self.columns = columns
    self.rows = (rows + Self.block - 1) / Self.block * Self.block
    self.work = work
    stride = columns + QuinticSpline.Weights.scalarCount
    values = Scratch(repeating: 0, count: self.rows * stride)
    alongRows = FourierTransform(length: FourierTransform.fastLength(2 * columns))
    alongColumns = FourierTransform(length: FourierTransform.fastLength(2 * self.rows))
    frequencies = alongRows.length / 2 + 1
    spectrum = Scratch(repeating: Complex(), count: frequencies * alongColumns.length)
    kernel = Scratch(repeating: 0, count: frequencies * alongColumns.length)
    prepareKernel(spacing: spacing)
  }

  /// Turns ``values`` from charges into the potential's coefficients.
  func convolve() {
    let height = alongColumns.length
    transformRows()
    work.forEach(frequencies, chunk: 16) { range in
      let input = Scratch(repeating: Complex(), count: height)
      let output = Scratch(repeating: Complex(), count: height)
      for column in range {
        let place = spectrum.pointer + column * height
        let factors = kernel.pointer + column * height
        input.pointer.update(from: place, count: rows)
        alongColumns.transform(input.pointer, to: output.pointer, isInverse: false)
        for index in 0..<height {
          output[index].r *= factors[index]
          output[index].i *= factors[index]
        }
        alongColumns.transform(output.pointer, to: place, isInverse: true)
      }
    }
    transformRowsBack()
  }

  /// The first node that a point has a weight at, whose coordinates have these floors in nodes.
  @inline(__always)
  func firstNode(of cell: SIMD2<Int32>) -> UnsafeMutablePointer<Float> {
    values.pointer + (Int(cell.y) - QuinticSpline.before) * stride
      + (Int(cell.x) - QuinticSpline.before)
  }

  /// From the rows of ``values`` to the columns of the spectrum.
  private func transformRows() {
    let width = alongRows.length
    let height = alongColumns.length
    work.forEach(rows, chunk: Self.block) { range in
      let input = Scratch(repeating: Complex(), count: width)
      let outputs = Scratch(repeating: Complex(), count: width * Self.block / 2)
      for pair in 0..<Self.block / 2 {
        let first = values.pointer + (range.lowerBound + 2 * pair) * stride
        for column in 0..<columns {
          input[column] = Complex(r: first[column], i: first[stride + column])
        }
        alongRows.transform(
          input.pointer, to: outputs.pointer + pair * width, isInverse: false)
      }
      for frequency in 0..<frequencies {
        let target = spectrum.pointer + frequency * height + range.lowerBound
        let mirror = frequency == 0 ? 0 : width - frequency
        for pair in 0..<Self.block / 2 {
          let a = outputs[pair * width + frequency]
          let b = outputs[pair * width + mirror]
          target[2 * pair] = Complex(r: (a.r + b.r) / 2, i: (a.i - b.i) / 2)
          target[2 * pair + 1] = Complex(r: (a.i + b.i) / 2, i: (b.r - a.r) / 2)
        }
      }
    }
  }

  /// From the columns of the spectrum to the rows of ``values``.
  private func transformRowsBack() {
    let width = alongRows.length
    let height = alongColumns.length
    work.forEach(rows, chunk: Self.block) { range in
      let inputs = Scratch(repeating: Complex(), count: width * Self.block / 2)
      let output = Scratch(repeating: Complex(), count: width)
      for frequency in 0..<frequencies {
        let source = spectrum.pointer + frequency * height + range.lowerBound
        let mirror = frequency == 0 ? 0 : width - frequency
        for pair in 0..<Self.block / 2 {
          let a = source[2 * pair]
          let b = source[2 * pair + 1]
          inputs[pair * width + mirror] = Complex(r: a.r + b.i, i: b.r - a.i)
          inputs[pair * width + frequency] = Complex(r: a.r - b.i, i: a.i + b.r)
        }
      }
      for pair in 0..<Self.block / 2 {
        alongRows.transform(inputs.pointer + pair * width, to: output.pointer, isInverse: true)
        let first = values.pointer + (range.lowerBound + 2 * pair) * stride
        for column in 0..<columns {
          first[column] = output[column].r
          first[stride + column] = output[column].i
        }
      }
    }
  }

  /// The kernel's spectrum, divided by the splines' responses and by the transforms' scale.
  private func prepareKernel(spacing: Double) {
    let width = alongRows.length
    let height = alongColumns.length
    // The kernel is even: a row and its mirror image have the same transform, which is real.
    work.forEach(height / 2 + 1, chunk: 8) { range in
      let input = Scratch(repeating: Complex(), count: width)
      let output = Scratch(repeating: Complex(), count: width)
      for row in range {
        let y = spacing * Double(row)
        for column in 0..<width {
          let x = spacing * Double(min(column, width - column))
          input[column] = Complex(r: Float(1 / (1 + x * x + y * y)), i: 0)
        }
        alongRows.transform(input.pointer, to: output.pointer, isInverse: false)
        for frequency in 0..<frequencies {
          spectrum[frequency * height + row] = output[frequency]
          spectrum[frequency * height + (height - row) % height] = output[frequency]
        }
      }
    }
    let responses = (0..<height).map { QuinticSpline.response(frequency: $0, length: height) }
    work.forEach(frequencies, chunk: 16) { range in
      let output = Scratch(repeating: Complex(), count: height)
      for column in range {
        let across = QuinticSpline.response(frequency: column, length: width)
        alongColumns.transform(
          spectrum.pointer + column * height, to: output.pointer, isInverse: false)
        for index in 0..<height {
          let response = across * responses[index]
          kernel[column * height + index] = Float(
            Double(output[index].r) / (response * response * Double(width * height)))
        }
      }
    }
  }
}
