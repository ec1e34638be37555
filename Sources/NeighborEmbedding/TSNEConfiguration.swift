import Foundation

extension TSNE {
  /// How the gradient is computed.
  public enum Method: String, Codable, Hashable, Sendable, CaseIterable {
    /// The fastest for the number of points: see ``TSNE/method(for:)``.
    case auto
    /// All pairs, and similarities between all pairs of the input too: O(n²) time and memory.
    case exact
    /// Distant points act through the cells of a quadtree: O(n log n).
    ///
    /// Source: L. van der Maaten, "Accelerating t-SNE using tree-based algorithms", JMLR 15, 2014.
    case barnesHut = "barnes-hut"
    /// Repulsion is read off a grid, where it is a convolution: O(n) and the grid's Fourier transform.
    ///
    /// Source: G. C. Linderman et al., "Fast interpolation-based t-SNE for improved visualization of
    /// single-cell RNA-seq data", Nature Methods 16, 2019; here with splines.
    case interpolation
  }

  /// Where the points begin.
  public enum Initialization: String, Codable, Hashable, Sendable, CaseIterable {
    /// The first two principal components, scaled so that the first has standard deviation 10⁻⁴, with
    /// a hundredth of that as normal noise.
    case principalComponents = "pca"
    /// Normal with standard deviation 10⁻⁴.
    case random
  }

  /// The settings of an embedding; the defaults are openTSNE's.
  public struct Configuration: Codable, Hashable, Sendable {
    /// The effective number of neighbours of each point; at most (n − 1) / 3.
    public var perplexity: Double
    /// All iterations, with and without exaggeration.
    public var iterations: Int
    /// How many of the iterations, from the first, are with exaggeration.
    public var exaggerationIterations: Int
    /// The factor of the input's similarities in those iterations.
    public var exaggeration: Double
    /// How the gradient is computed.
    public var method: Method
    /// The largest ratio of a cell's width to its distance that Barnes-Hut summarises.
    public var theta: Double
    /// The step's factor; by itself max(n / exaggeration of the phase, 200), as in openTSNE.
    ///
    /// The gradient is taken without its factor of 4: divide scikit-learn's rates by 4, and
    /// van der Maaten's likewise.
    public var learningRate: Double?
    /// The part of the last step that is added to the next, with exaggeration.
    public var exaggerationMomentum: Double
    /// The part of the last step that is added to the next, without exaggeration.
    public var momentum: Double
    /// Where the points begin.
    public var initialization: Initialization
    /// The seed of the noise in the initial places.
    public var seed: UInt64
    /// The number of threads, or 0 for one a core.
    ///
    /// Results do not depend on it.
    public var threads: Int

    /// Creates a configuration.
    public init(
      perplexity: Double = 30, iterations: Int = 750, exaggerationIterations: Int = 250,
      exaggeration: Double = 12, method: Method = .auto, theta: Double = 0.5,
      learningRate: Double? = nil, exaggerationMomentum: Double = 0.8, momentum: Double = 0.8,
      initialization: Initialization = .principalComponents, seed: UInt64 = 0, threads: Int = 0
    ) {
      self.perplexity = perplexity
      self.iterations = iterations
      self.exaggerationIterations = exaggerationIterations
      self.exaggeration = exaggeration
      self.method = method
      self.theta = theta
      self.learningRate = learningRate
      self.exaggerationMomentum = exaggerationMomentum
      self.momentum = momentum
      self.initialization = initialization
      self.seed = seed
      self.threads = threads
    }

    /// Checks every setting against its range.
    ///
    /// - Throws: ``EmbeddingError/setting(name:expected:found:)`` for the first that is outside.
    public func validate() throws {
      func check(_ holds: Bool, _ name: String, _ expected: String, _ found: some Any) throws {
        guard holds else {
          throw EmbeddingError.setting(name: name, expected: expected, found: "\(found)")
        }
      }
      try check(
        perplexity >= 1 && perplexity.isFinite, "perplexity", "a number from 1", perplexity)
      try check(iterations >= 0, "iterations", "0 or more", iterations)
      try check(
        exaggerationIterations >= 0, "exaggeration iterations", "0 or more", exaggerationIterations)
      try check(
        exaggeration > 0 && exaggeration.isFinite, "exaggeration", "a positive number", exaggeration
      )
      try check(theta > 0 && theta <= 1, "theta", "a number above 0, at most 1", theta)
      if let rate = learningRate {
        try check(rate > 0 && rate.isFinite, "learning rate", "a positive number", rate)
      }
      for value in [exaggerationMomentum, momentum] {
        try check(value >= 0 && value < 1, "momentum", "a number from 0, below 1", value)
      }
      try check(threads >= 0, "threads", "0 or more", threads)
    }

    /// The threads to use.
    var threadCount: Int {
      threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    }

    /// The step's factor in a phase.
    func rate(count: Int, exaggeration: Double) -> Double {
      learningRate ?? max(Double(count) / exaggeration, 200)
    }
  }
}
