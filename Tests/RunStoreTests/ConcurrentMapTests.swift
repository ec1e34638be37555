import RunStore
import Testing

@Suite struct ConcurrentMapTests {
  private struct Odd: Error, Hashable { var number: Int }

  @Test func resultsKeepTheirOrder() throws {
    let numbers = Array(0..<5_000)
    #expect(try numbers.concurrentMap { $0 * $0 } == numbers.map { $0 * $0 })
    #expect(try [Int]().concurrentMap { $0 } == [])
  }

  @Test func theFirstErrorInOrderIsThrown() {
    #expect(throws: Odd(number: 7)) {
      try Array(0..<1_000).concurrentMap { number in
        if number >= 7 && !number.isMultiple(of: 2) { throw Odd(number: number) }
        return number
      }
    }
  }
}
