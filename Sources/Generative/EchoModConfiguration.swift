/// The embedded default of EchoMod: architecture, training and sampling of the edge-controlled diffusion model.
///
/// A stand-in for Stable Diffusion with ControlNet, of the same build: a label-conditioned denoiser is trained first and
/// frozen; then a control branch on Canny edges is trained.
public struct EchoModConfiguration: Codable, Hashable, Sendable {
  /// How one of the two networks is trained.
  public struct Training: Codable, Hashable, Sendable {
    /// The number of walks over the external images.
    public var epochs: Int
    /// The number of images in a batch.
    public var batchSize: Int
    /// The peak learning rate of AdamW; it rises over the first steps and then falls linearly to zero.
    public var rate: Double
    /// The number of steps over which the rate rises.
    public var warmUpSteps: Int
    /// The share of images shown without their label, for classifier-free guidance.
    public var labelDropout: Double

    /// Creates a training configuration.
    public init(
      epochs: Int, batchSize: Int, rate: Double, warmUpSteps: Int, labelDropout: Double
    ) {
      self.epochs = epochs
      self.batchSize = batchSize
      self.rate = rate
      self.warmUpSteps = warmUpSteps
      self.labelDropout = labelDropout
    }
  }

  /// How images are sampled.
  public struct Sampling: Codable, Hashable, Sendable {
    /// The number of DDIM steps, with η = 0.
    public var steps: Int
    /// The weight of classifier-free guidance on the label; 1 is no guidance.
    public var guidance: Double
    /// The steps, counted from 0, in which guidance applies.
    public var guidedSteps: Range<Int>
    /// The factor on what the control branch adds.
    public var controlWeight: Double
    /// The steps, counted from 0, in which control applies.
    public var controlledSteps: Range<Int>
    /// Whether the prediction without label is controlled too; if not, guidance strengthens control with the label.
    public var controlsUnlabelled: Bool
    /// Whether the estimate of the clean image is limited to the range of pixels in every step.
    public var limitsEstimate: Bool

    /// Creates a sampling configuration.
    public init(
      steps: Int, guidance: Double, guidedSteps: Range<Int>, controlWeight: Double,
      controlledSteps: Range<Int>, controlsUnlabelled: Bool, limitsEstimate: Bool
    ) {
      self.steps = steps
      self.guidance = guidance
      self.guidedSteps = guidedSteps
      self.controlWeight = controlWeight
      self.controlledSteps = controlledSteps
      self.controlsUnlabelled = controlsUnlabelled
      self.limitsEstimate = limitsEstimate
    }
  }

  /// The sizes of the denoiser.
  public var size: DenoiserSize
  /// The edge detector.
  public var canny: CannyEdges
  /// The training of the denoiser.
  public var denoiser: Training
  /// The training of the control branch.
  public var control: Training
  /// The sampling.
  public var sampling: Sampling

  /// Creates a configuration.
  public init(
    size: DenoiserSize, canny: CannyEdges, denoiser: Training, control: Training,
    sampling: Sampling
  ) {
    self.size = size
    self.canny = canny
    self.denoiser = denoiser
    self.control = control
    self.sampling = sampling
  }
}
