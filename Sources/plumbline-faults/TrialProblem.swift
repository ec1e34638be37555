/// What is wrong with a trial, in one line.
struct TrialProblem: Error, CustomStringConvertible {
  /// What was expected and what was found.
  let description: String

  init(_ description: String) { self.description = description }
}
