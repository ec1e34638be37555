import SeededRandom
import Testing

/// The known answers published with Random123 for philox4x32-10, words written low first.
@Test(
  arguments: [
    ((0, 0), 0, (0xe169_c58d_6627_e8d5, 0x9b00_dbd8_bc57_ac4c)),
    ((.max, .max), .max, (0x41c8_3b0e_408f_276d, 0x6d54_51fd_a20b_c7c6)),
    (
      (0x85a3_08d3_243f_6a88, 0x0370_7344_1319_8a2e), 0x299f_31d0_a409_3822,
      (0x94fd_cceb_d16c_fe09, 0x2412_6ea1_5001_e420)
    ),
  ] as [((UInt64, UInt64), UInt64, (UInt64, UInt64))])
func philoxMatchesPublishedAnswers(
  counter: (UInt64, UInt64), key: UInt64, expected: (UInt64, UInt64)
) {
  var generator = Philox(key: key, counter: counter)
  #expect(generator.next() == expected.0)
  #expect(generator.next() == expected.1)
}

@Test func philoxCounterCarriesIntoItsUpperHalf() {
  var generator = Philox(key: 7, counter: (.max, 4))
  _ = (generator.next(), generator.next())
  var following = Philox(key: 7, counter: (0, 5))
  #expect(generator.next() == following.next())
}

@Test func philoxBitsAreBalanced() {
  var generator = Philox(key: 99)
  var counts = [Int](repeating: 0, count: 64)
  let draws = 20_000
  for _ in 0..<draws {
    let value = generator.next()
    for bit in 0..<64 where value >> UInt64(bit) & 1 == 1 { counts[bit] += 1 }
  }
  // Five standard deviations of a fair coin.
  for count in counts { #expect(abs(Double(count) - 10_000) < 5 * 70.7) }
}
