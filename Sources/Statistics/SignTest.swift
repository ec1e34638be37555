import Foundation

/// Tests exactly whether wins and losses are equally likely.
///
/// The p-value is the binomial probability, with chance ½ for each, of at least as many wins; for
/// two sides twice the smaller tail, at most 1. Ties are left out beforehand.
///
/// - Parameters:
///   - wins: How often the first was better.
///   - losses: How often the second was better.
///   - alternative: The side of the test; `greater` means that wins are likelier.
/// - Returns: The p-value; 1 if there is neither win nor loss.
public func signTest(
  wins: Int, losses: Int, alternative: Alternative = .twoSided
) -> Double {
  precondition(wins >= 0 && losses >= 0, "\(wins) wins and \(losses) losses")
  switch alternative {
  case .greater: return binomialTail(atLeast: wins, of: wins + losses)
  case .less: return binomialTail(atLeast: losses, of: wins + losses)
  case .twoSided:
    return min(1, 2 * binomialTail(atLeast: max(wins, losses), of: wins + losses))
  }
}

/// The probability of k or more heads in n tosses of a fair coin.
private func binomialTail(atLeast k: Int, of n: Int) -> Double {
  if k <= 0 { return 1 }
  // An upper tail of the binomial distribution is a lower one of the beta distribution.
  return IncompleteBeta.regularised(x: 0.5, complement: 0.5, a: Double(k), b: Double(n - k + 1))
}
