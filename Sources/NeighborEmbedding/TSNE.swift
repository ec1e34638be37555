import Features

/// t-distributed stochastic neighbour embedding in the plane.
///
/// The input's similarities p_ij come from its nearest neighbours at a perplexity; the points are moved so
/// that the similarities q_ij ∝ (1 + |y_i − y_j|²)⁻¹ come near them: gradient descent on
/// KL = Σ p_ij ln(p_ij / q_ij). Results depend on neither the number of threads nor on their timing.
///
/// Source: L. van der Maaten, G. Hinton, "Visualizing data using t-SNE", JMLR 9, 2008.
public enum TSNE {
  /// Embeds points in the plane.
  ///
  /// Memory grows with n · perplexity, except for ``Method/exact``: with n². Duplicates are welcome.
  ///
  /// - Parameters:
  ///   - points: One row a point, finite; at least 3 · perplexity + 1 rows.
  ///   - configuration: The settings.
  ///   - progress: Called every 25 iterations and after the last; returns whether to go on. An
  ///     embedding that is stopped is what was there by then.
  /// - Returns: The embedding.
  /// - Throws: ``EmbeddingError``.
  public static func embed(
    _ points: FeatureMatrix, configuration: Configuration = Configuration(),
    progress: (EmbeddingProgress) -> Bool = { _ in true }
  ) throws -> Embedding {
    try check(points, configuration)
    let work = ChunkedWork(threads: configuration.threadCount)
    let method = resolved(configuration.method, count: points.rows)
    let edges = EdgeForces(
      affinities: affinities(points, configuration, method: method, work: work), work: work)
    let repulsion = repulsion(
      by: method, count: points.rows, theta: configuration.theta, work: work)
    let places = InitialPlaces.make(
      points, by: configuration.initialization, seed: configuration.seed)
    let descent = GradientDescent(count: points.rows, work: work)
    let attractive = Scratch(repeating: SIMD2<Float>.zero, count: points.rows)
    let repulsive = Scratch(repeating: SIMD2<Float>.zero, count: points.rows)

    var done = 0
    while done < configuration.iterations {
      let isExaggerating = done < configuration.exaggerationIterations
      let exaggeration = isExaggerating ? configuration.exaggeration : 1
      let rate = configuration.rate(count: points.rows, exaggeration: exaggeration)
      edges.add(at: places, to: attractive)
      let normalization = repulsion.forces(at: places, into: repulsive)
      let isReported = (done + 1) % reportInterval == 0 || done + 1 == configuration.iterations
      let divergence =
        isReported ? divergence(edges, at: places, normalization: normalization) : 0
      descent.step(
        places, attraction: attractive, repulsion: repulsive, normalization: normalization,
        rates: .init(
          learningRate: Float(rate),
          momentum: Float(
            isExaggerating ? configuration.exaggerationMomentum : configuration.momentum),
          exaggeration: Float(exaggeration)))
      done += 1
      if isReported {
        let state = EmbeddingProgress(
          iteration: done, total: configuration.iterations, isExaggerating: isExaggerating,
          klDivergence: divergence)
        if !progress(state) { break }
      }
    }
    return Embedding(
      coordinates: matrix(places),
      klDivergence: divergence(
        edges, at: places, normalization: finalNormalization(places, work: work)),
      iterations: done, method: method, configuration: configuration)
  }

  /// The divergence of an embedding from its points, as ``Embedding/klDivergence`` is computed.
  ///
  /// - Parameters:
  ///   - coordinates: One row a point, two columns.
  ///   - points: The points embedded.
  ///   - configuration: The perplexity, threads and method, of which ``Method/exact`` alone matters here.
  /// - Returns: The divergence in nats.
  /// - Throws: ``EmbeddingError``, for the points.
  public static func divergence(
    of coordinates: FeatureMatrix, from points: FeatureMatrix,
    configuration: Configuration = Configuration()
  ) throws -> Double {
    precondition(
      coordinates.rows == points.rows && coordinates.columns == 2,
      "\(coordinates.rows) x \(coordinates.columns) coordinates of \(points.rows) points")
    try check(points, configuration)
    let work = ChunkedWork(threads: configuration.threadCount)
    let method = resolved(configuration.method, count: points.rows)
    let edges = EdgeForces(
      affinities: affinities(points, configuration, method: method, work: work), work: work)
    let places = Scratch(repeating: SIMD2<Float>.zero, count: points.rows)
    for row in 0..<points.rows {
      places[row] = SIMD2(coordinates[row, 0], coordinates[row, 1])
    }
    return divergence(
      edges, at: places, normalization: finalNormalization(places, work: work))
  }

  /// How often progress is told.
  private static let reportInterval = 25

  private static func check(_ points: FeatureMatrix, _ configuration: Configuration) throws {
    try configuration.validate()
    guard 3 * configuration.perplexity <= Double(points.rows - 1), points.rows >= 4 else {
      throw EmbeddingError.tooFewPoints(
        count: points.rows, perplexity: configuration.perplexity)
    }
    if let place = points.values.firstIndex(where: { !$0.isFinite }) {
      throw EmbeddingError.notFinite(row: place / points.columns, column: place % points.columns)
    }
    let first = points.row(0)
    guard (1..<points.rows).contains(where: { !points.row($0).elementsEqual(first) }) else {
      throw EmbeddingError.allPointsEqual(count: points.rows)
    }
  }

  static func affinities(
    _ points: FeatureMatrix, _ configuration: Configuration, method: Method, work: ChunkedWork
  ) -> SparseAffinities {
    let k = method == .exact ? points.rows - 1 : Int(3 * configuration.perplexity)
    let neighbors = exactNeighbors(
      of: points, in: points, k: k, excludingSelf: true, threads: work.threads)
    let probabilities = ConditionalAffinities.probabilities(
      neighbors, perplexity: configuration.perplexity, work: work)
    return SparseAffinities(probabilities: probabilities, neighbors: neighbors, work: work)
  }

  static func repulsion(
    by method: Method, count: Int, theta: Double, work: ChunkedWork
  ) -> any Repulsion {
    switch method {
    case .auto: repulsion(by: self.method(for: count), count: count, theta: theta, work: work)
    case .exact: ExactRepulsion(count: count, work: work)
    case .barnesHut: BarnesHutRepulsion(count: count, theta: theta, work: work)
    case .interpolation: InterpolatedRepulsion(count: count, work: work)
    }
  }

  static func finalNormalization(
    _ places: Scratch<SIMD2<Float>>, work: ChunkedWork, exactLimit: Int = exactDivergenceLimit
  ) -> Double {
    if places.count <= exactLimit {
      return ExactRepulsion(count: places.count, work: work).normalization(at: places)
    }
    let unused = Scratch(repeating: SIMD2<Float>.zero, count: places.count)
    return InterpolatedRepulsion(count: places.count, work: work).forces(at: places, into: unused)
  }

  private static func matrix(_ places: Scratch<SIMD2<Float>>) -> FeatureMatrix {
    var values: [Float] = []
    values.reserveCapacity(2 * places.count)
    for index in 0..<places.count {
      values.append(places[index].x)
      values.append(places[index].y)
    }
    return FeatureMatrix(rows: places.count, columns: 2, values: values)
  }
}

extension TSNE {
  /// The method that ``Method/auto`` stands for at a number of points.
  ///
  /// All pairs are quickest up to some hundred points, and the tree up to some ten thousand. On 10,000 images
  /// the grid takes half again the tree's time, but its forces are nearer to those of all pairs and
  /// the divergence ends lower; from about 40,000 points on it is quicker too.
  public static func method(for count: Int) -> Method {
    switch count {
    case ..<500: .exact
    case ..<8000: .barnesHut
    default: .interpolation
    }
  }

  static func resolved(_ method: Method, count: Int) -> Method {
    method == .auto ? self.method(for: count) : method
  }
}
