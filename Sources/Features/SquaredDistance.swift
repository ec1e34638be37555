/// The squared Euclidean distance of two points, in double precision.
///
/// Differences of single-precision numbers are exact to half a unit in the last place of a double;
/// they are squared and added up in a fixed order, which is the same with the points exchanged.
@inline(__always)
func squaredDistance(
  _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, _ count: Int
) -> Double {
  let left = UnsafeRawPointer(first)
  let right = UnsafeRawPointer(second)
  var sums = (SIMD4<Double>(), SIMD4<Double>())
  var place = 0
  while place + 8 <= count {
    let offset = place * MemoryLayout<Float>.stride
    let low = widened(left, offset) - widened(right, offset)
    let high = widened(left, offset + 16) - widened(right, offset + 16)
    sums.0 += low * low
    sums.1 += high * high
    place += 8
  }
  var total = (sums.0 + sums.1).sum()
  while place < count {
    let difference = Double(first[place]) - Double(second[place])
    total += difference * difference
    place += 1
  }
  return total
}

/// Four single-precision numbers as doubles.
@inline(__always)
private func widened(_ pointer: UnsafeRawPointer, _ offset: Int) -> SIMD4<Double> {
  let four = pointer.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
  return SIMD4(Double(four.x), Double(four.y), Double(four.z), Double(four.w))
}
