/// When a fault strikes.
enum Moment {
  /// Some seconds after the start.
  case start(Double)
  /// Once so many results are there, and some seconds later.
  case results(Int, Double)
  /// Once a checkpoint is there, and some seconds later.
  case checkpoint(Double)

  /// A moment of a call that finds some results and is to leave all of them.
  ///
  /// Most moments are counted in results: a loaded machine then does not shift them all into one part of the work.
  static func random(of reference: Reference, found: Int, chance: inout Chance) -> Moment {
    let missing = reference.resultCount - found
    guard missing > 0, chance.happens(0.7) else {
      return .start(chance.real(0...reference.seconds))
    }
    let each = (reference.seconds - reference.secondsToWork) / Double(reference.resultCount)
    return .results(found + chance.whole(0...missing - 1), chance.real(0...max(each, 0.02)))
  }
}
