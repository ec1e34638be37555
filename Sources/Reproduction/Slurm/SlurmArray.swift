import Experiments

/// Tasks of one job array: consecutive lines of the file of jobs.
struct SlurmArray: Hashable, Sendable {
  /// The name of its script without ending, such as `step-2` or `step-2-part-3`.
  var name: String
  /// The lines, counted from 0.
  var lines: Range<Int>
  /// The step that it belongs to, counted from 1; arrays of a step wait for those of the step before.
  var step: Int
}

/// The jobs of a plan in the order that they are handed over: step by step, none before what it depends on.
struct SlurmOrder: Sendable {
  /// The jobs, one line each.
  let entries: [JobPlan.Entry]
  /// The arrays, in the order of submission.
  let arrays: [SlurmArray]

  /// Orders the jobs of a plan.
  ///
  /// - Parameters:
  ///   - plan: The jobs, each after what it depends on.
  ///   - arraySize: The most tasks of an array.
  init(_ plan: JobPlan, arraySize: Int) {
    var stepOf: [String: Int] = [:]
    for entry in plan.entries {
      stepOf[entry.identifier] = 1 + (entry.dependencies.compactMap { stepOf[$0] }.max() ?? 0)
    }
    let last = stepOf.values.max() ?? 0
    var entries: [JobPlan.Entry] = []
    var arrays: [SlurmArray] = []
    for step in 1..<(last + 1) {
      // Long jobs first, so that the array does not end with one of them alone.
      let members = plan.entries.enumerated().filter { stepOf[$0.element.identifier] == step }
        .map { (cost: JobCost.seconds(of: $0.element.job), place: $0.offset, entry: $0.element) }
        .sorted { ($1.cost, $0.place) < ($0.cost, $1.place) }
      let parts = (members.count + arraySize - 1) / arraySize
      for part in 0..<parts {
        let start = entries.count
        entries += members[(part * arraySize)..<min(members.count, (part + 1) * arraySize)]
          .map(\.entry)
        arrays.append(
          SlurmArray(
            name: parts == 1 ? "step-\(step)" : "step-\(step)-part-\(part + 1)",
            lines: start..<entries.count, step: step))
      }
    }
    self.entries = entries
    self.arrays = arrays
  }
}
