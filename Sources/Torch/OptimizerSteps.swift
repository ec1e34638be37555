import CTorch

/// The arithmetic of the optimisers, one call over all parameters each.
///
/// Parameters without a gradient are left as they are. The formulas are those of `torch.optim`.
public enum OptimizerSteps {
  /// Forgets all gradients.
  public static func clearGradients(_ parameters: [Tensor]) {
    check("clearGradients", withHandles(parameters) { ct_zero_grad($0, $1) })
  }

  /// Scales the gradients so that their joint 2-norm is at most `limit`; returns the norm before, on the device.
  public static func clipGradientNorm(_ parameters: [Tensor], limit: Double) -> Tensor {
    Tensor.make("clipGradientNorm", []) { out in
      withHandles(parameters) { ct_clip_grad_norm(out, $0, $1, limit) }
    }
  }

  /// One step of stochastic gradient descent.
  ///
  /// g ← g + λw; v ← μv + g (v ← g at the first step); d = g + μv with Nesterov, else v; w ← w − ηd.
  public static func sgd(
    parameters: [Tensor], velocities: [Tensor], rate: Double, momentum: Double,
    weightDecay: Double, nesterov: Bool, isFirst: Bool
  ) {
    let message = withHandles(parameters) { parameterHandles, count in
      withHandles(velocities) { velocityHandles, _ in
        ct_sgd_step(
          parameterHandles, velocityHandles, count, rate, momentum, weightDecay, nesterov, isFirst)
      }
    }
    check("sgd", message)
  }

  /// One step of Adam, or of AdamW when the weight decay is decoupled; `step` counts from 1.
  public static func adam(
    parameters: [Tensor], firstMoments: [Tensor], secondMoments: [Tensor], rate: Double,
    betas: (Double, Double), epsilon: Double, weightDecay: Double, isDecoupled: Bool, step: Int
  ) {
    let message = withHandles(parameters) { parameterHandles, count in
      withHandles(firstMoments) { firstHandles, _ in
        withHandles(secondMoments) { secondHandles, _ in
          ct_adam_step(
            parameterHandles, firstHandles, secondHandles, count, rate, betas.0, betas.1, epsilon,
            weightDecay, isDecoupled, Int64(step))
        }
      }
    }
    check("adam", message)
  }

  /// target ← decay · target + (1 − decay) · source, pair by pair.
  public static func movingAverage(of sources: [Tensor], into targets: [Tensor], decay: Double) {
    let message = withHandles(targets) { targetHandles, count in
      withHandles(sources) { sourceHandles, _ in
        ct_moving_average(targetHandles, sourceHandles, count, decay)
      }
    }
    check("movingAverage", message)
  }

  private static func check(_ operation: StaticString, _ message: UnsafeMutablePointer<CChar>?) {
    Runtime.check(operation, message)
  }
}
