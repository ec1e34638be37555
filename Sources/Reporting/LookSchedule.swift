/// At how many seeds the claims of a report are looked at when seeds are added to single cells.
///
/// The first look has the planned seeds, and every later one twice the seeds of the one before it. The
/// j-th look has the share 2⁻ʲ of alpha: a half, a quarter, an eighth. Where looks may lie is fixed by
/// the planned seeds alone, so at every total the t test is the ordinary one, and since all shares
/// together are at most one, the chance of any false word over all looks is at most alpha
/// (Bonferroni), by whatever reason a claim was or was not looked at again: planning seeds by the very
/// numbers that are tested is allowed. It costs a sharper test at each look.
///
/// A test of all pairs at a number of seeds that the first pairs chose freely would not keep its
/// level, not even at half of alpha; see M. A. Proschan and S. A. Hunsberger, "Designed extension of
/// studies based on conditional power", Biometrics 51, 1995.
public struct LookSchedule: Codable, Hashable, Sendable {
  /// One look.
  public struct Look: Codable, Hashable, Sendable {
    /// Its number, from 1.
    public var number: Int
    /// The seeds that it has, ascending.
    public var seeds: [Int]
    /// What p-values are multiplied by.
    public var factor: Double
  }

  /// No look has more seeds than this.
  public static let largestTotal = 128

  /// The planned seeds, ascending.
  public let planned: [Int]

  /// Creates the schedule of planned seeds, at least one.
  public init(planned: [Int]) {
    precondition(!planned.isEmpty, "no planned seeds")
    self.planned = Set(planned).sorted()
  }

  /// The number of looks, at least one.
  public var count: Int {
    var count = 1
    while planned.count << count <= Self.largestTotal { count += 1 }
    return count
  }

  /// The seeds after the planned ones, in the order in which they are added.
  ///
  /// They are the numbers after the largest planned one.
  public var further: [Int] {
    let total = planned.count << (count - 1)
    return (0..<(total - planned.count)).map { (planned.last ?? 0) + 1 + $0 }
  }

  /// A look by its number, from 1 to ``count``.
  public func look(_ number: Int) -> Look {
    precondition((1...count).contains(number), "look \(number) of \(count)")
    let total = planned.count << (number - 1)
    return Look(
      number: number, seeds: planned + further.prefix(total - planned.count),
      factor: Double(1 << number))
  }

  /// The last look all of whose further seeds are there.
  public func lastLook(where isThere: (Int) -> Bool) -> Look {
    let present = further.prefix(while: isThere).count
    let number = (1...count).last { planned.count << ($0 - 1) <= planned.count + present }
    return look(number ?? 1)
  }
}
