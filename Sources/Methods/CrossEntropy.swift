import Training

/// Plain cross-entropy, the yardstick of every table.
public enum CrossEntropy {
  /// The hyperparameters.
  public struct Configuration: MethodRecipe {
    /// What it is trained on.
    public enum Samples: String, Codable, Hashable, Sendable, CaseIterable {
      /// The samples with their given labels.
      case noisy
      /// The external clean images alone: a control that sees no noisy label.
      case external
    }

    /// What it is trained on.
    public var samples: Samples

    /// Creates a configuration.
    public init(samples: Samples) { self.samples = samples }

    /// One network under the shared protocol.
    public func make(task: TrainingTask, resources: MethodResources) throws -> any TrainingMethod {
      guard samples == .external else { return LossMethod(task: task) }
      guard let external = resources.external else {
        preconditionFailure("the external control needs external images")
      }
      return LossMethod(task: task, samples: try external())
    }

    /// The external images, where it is trained on them.
    public var needs: Set<MethodNeed> { samples == .external ? [.external] : [] }
  }
}
