import NN
import Training

/// What the methods share that train on the samples of a batch with the smallest losses.
///
/// The forget rate rises linearly over the first epochs, as in ``CoTeaching/forgetRate(epoch:rampEpochs:noiseRate:)``;
/// Adam's rate falls linearly to zero from a later epoch on, with another β₁.
protocol SmallLossRecipe: MethodRecipe {
  /// The share of the epochs over which the forget rate rises; at least two epochs, so that it does rise.
  var rampShare: Double { get }
  /// The learning rate of Adam.
  var rate: Double { get }
  /// The share of the epochs after which the rate falls linearly to zero and β₁ is lowered.
  var decayShare: Double { get }
  /// Adam's β₁ before and after that point.
  var firstBetas: [Double] { get }
}

extension SmallLossRecipe {
  /// The number of samples of a batch that are kept in an epoch: ⌊(1 − F) · count⌋, at least one.
  func keptCount(of count: Int, at epoch: EpochPosition, noiseRate: Double) -> Int {
    let ramp = max(2, Int((rampShare * Double(epoch.epochs)).rounded()))
    let forget = CoTeaching.forgetRate(epoch: epoch.epoch, rampEpochs: ramp, noiseRate: noiseRate)
    return max(1, Int((1 - forget) * Double(count)))
  }

  /// Adam's two decay rates in an epoch; β₂ is 0.999 throughout.
  func betas(at epoch: EpochPosition) -> [Double] {
    let start = (decayShare * Double(epoch.epochs)).rounded()
    return [firstBetas[Double(epoch.epoch) >= start ? 1 : 0], 0.999]
  }

  /// A learner with a fresh network of that name.
  func learner(_ name: String, in task: TrainingTask) -> Learner {
    task.learner(name, optimizer: .adam(rate: rate), schedule: .linearDecay(from: decayShare))
  }

  /// One pass over the samples; an incomplete last batch is left out unless it is the only one.
  func passes(of task: TrainingTask) -> [Pass] {
    var pass = task.pass()
    pass.dropsLast = pass.samples.count >= pass.batchSize
    return [pass]
  }
}
