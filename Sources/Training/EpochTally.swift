import Torch

/// Sums of an epoch's training pass, kept on the device until the epoch ends.
struct EpochTally {
  private var loss: Tensor?
  private var correct: Tensor?
  private var memorised: Tensor?
  private var wrong: Tensor?
  private var scalars: [String: Tensor] = [:]
  private var samples = 0
  private var steps = 0

  /// Adds one step.
  mutating func add(_ report: StepReport, batch: Batch, wrong flags: Tensor?) {
    withoutGradient {
      func accumulate(_ total: inout Tensor?, _ value: Tensor) {
        total = total.map { $0 + value } ?? value
      }
      accumulate(&loss, report.losses.detached().sum())
      let matches = report.logits.detached().argmax(along: 1).isEqual(to: batch.labels)
        .to(.float32)
      accumulate(&correct, matches.sum())
      if let flags {
        accumulate(&memorised, (matches * flags).sum())
        accumulate(&wrong, flags.sum())
      }
      for (name, value) in report.scalars {
        accumulate(&scalars[name], value.detached())
      }
      samples += batch.count
      steps += 1
    }
  }

  /// The epoch's means; reads the device once a number.
  func means() -> (
    loss: Double, accuracy: Double, memorised: Double?, scalars: [String: Double]
  ) {
    let count = Double(max(samples, 1))
    let wrongCount = wrong?.item() ?? 0
    return (
      (loss?.item() ?? .nan) / count, (correct?.item() ?? .nan) / count,
      wrongCount > 0 ? (memorised?.item() ?? .nan) / wrongCount : nil,
      scalars.mapValues { $0.item() / Double(max(steps, 1)) }
    )
  }

  /// The number of samples seen.
  var sampleCount: Int { samples }
}
