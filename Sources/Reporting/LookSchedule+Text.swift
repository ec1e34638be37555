extension LookSchedule {
  /// What a reader must know of claims that are looked at more than once, in some sentences.
  public var explanation: String {
    let totals = (1...count).map { String(look($0).seeds.count) }.joined(separator: ", ")
    return "Seeds were added to single cells because of what the first ones showed, so claims are "
      + "looked at more than once: at \(totals) seeds and at no other number, each claim with the "
      + "seeds that all its cells have. The j-th look has the share 2⁻ʲ of alpha, and its p-values "
      + "are multiplied by 2ʲ before the correction over claims; then the chance of any false word of "
      + "one kind, over all looks together, is at most alpha however it was chosen which claims to "
      + "look at again. So the first look is stricter here than in the report of the planned seeds, "
      + "and a claim that just passes there may be inconclusive here."
  }
}

extension LookSchedule.Look {
  /// The look in a sentence.
  var explanation: String {
    "Look \(number), at \(PrintedNumber.count(seeds.count, "seed")) of every cell: p-values are "
      + "multiplied by \(Int(factor)) before they are corrected over the claims."
  }
}
