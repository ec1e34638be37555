extension [Double] {
  /// The values in ascending order; there must be no NaN.
  ///
  /// Long lists are sorted by the bits of their values, eleven at a time from the lowest, each pass
  /// keeping the order of the one before; -0 comes before 0.
  func sortedAscending() -> [Double] {
    precondition(!contains(where: \.isNaN), "NaN among the values to sort")
    if count < 512 { return sorted() }
    // Complementing negative numbers and setting the sign of the others makes their order that of
    // unsigned whole numbers.
    let sign: UInt64 = 1 << 63
    var keys = map { value -> UInt64 in
      let bits = value.bitPattern
      return bits & sign == 0 ? bits | sign : ~bits
    }
    var next = [UInt64](repeating: 0, count: count)
    for shift in stride(from: 0, to: UInt64(64), by: 11) {
      var starts = [Int](repeating: 0, count: 2048)
      for key in keys { starts[Int(truncatingIfNeeded: (key >> shift) & 2047)] += 1 }
      if starts.contains(count) { continue }
      var start = 0
      for digit in 0..<2048 { (starts[digit], start) = (start, start + starts[digit]) }
      for key in keys {
        let digit = Int(truncatingIfNeeded: (key >> shift) & 2047)
        next[starts[digit]] = key
        starts[digit] += 1
      }
      swap(&keys, &next)
    }
    return keys.map { Double(bitPattern: $0 & sign == 0 ? ~$0 : $0 & ~sign) }
  }
}
