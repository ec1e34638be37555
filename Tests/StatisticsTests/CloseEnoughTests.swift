import TestSupport
import Testing

/// The comparison that all numeric tests rest on must itself be able to fail.
@Test(arguments: [
  (1, 1 + 3e-10), (1, .infinity), (.infinity, -.infinity), (.nan, 1), (1, .nan), (1e-9, 0),
])
func differentNumbersAreNotClose(actual: Double, expected: Double) {
  withKnownIssue { expectClose(actual, expected) }
  withKnownIssue { expectClose([1, actual], [1, expected]) }
}

@Test func listsOfDifferentLengthsAreNotClose() {
  withKnownIssue { expectClose([1.0], [1, 1]) }
}

@Test func closeNumbersAreClose() {
  #expect(expectClose(1, 1 + 1e-11))
  #expect(expectClose(.nan, .nan))
  #expect(expectClose(.infinity, .infinity))
  #expect(expectClose(1e-9, 0, absolute: 1e-8))
  #expect(expectClose([Float(0.1)], [0.1]))
}
