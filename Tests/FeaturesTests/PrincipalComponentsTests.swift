import Features
import TestSupport
import Testing

@Test func componentsByHand() {
  // Points on a line of slope one half: one direction holds all the variance.
  let points = FeatureMatrix(rows: 3, columns: 2, values: [-2, 0, 0, 1, 2, 2])
  let found = PrincipalComponents(of: points, count: 2)
  expectClose(found.explainedVariance, [5, 0], absolute: 1e-9)
  expectClose(found.components.row(0).map(Double.init), [0.894427191, 0.447213595], relative: 1e-6)
  #expect(found.mean == [0, 1])
  expectClose(
    found.project(points).values, [-2.236068, 0, 0, 0, 2.236068, 0], absolute: 1e-6)
}

@Test(arguments: PrincipalComponents.Solver.allCases)
func componentsEqualTheReference(solver: PrincipalComponents.Solver) throws {
  for row in try FeaturesFixture.load().components {
    let x = row.x.matrix
    let found = PrincipalComponents(
      of: x, count: row.variance.count, seed: 1, solver: solver, threads: 2)
    #expect(found.solver == solver)
    expectClose(found.explainedVariance, row.variance, relative: 1e-6, "\(x.rows) x \(x.columns)")
    expectClose(found.explainedVarianceRatio, row.ratio, relative: 1e-6)
    // Signs are fixed, so that components agree with theirs as they are.
    expectClose(found.components.values.map(Double.init), row.components, absolute: 1e-3)
    expectClose(found.project(x).values.map(Double.init), row.projected, absolute: 2e-2)
  }
}

@Test func solversAgreeAndThreadsDoNotMatter() {
  let (points, _) = SampleFeatures.clouds(400, 60, classes: 5, seed: 6)
  let whole = PrincipalComponents(of: points, count: 4, solver: .covariance, threads: 1)
  #expect(whole == PrincipalComponents(of: points, count: 4, solver: .covariance, threads: 2))
  for solver in [PrincipalComponents.Solver.gram, .iterative] {
    let other = PrincipalComponents(of: points, count: 4, solver: solver, threads: 2)
    expectClose(other.explainedVariance, whole.explainedVariance, relative: 1e-8)
    expectClose(other.components.values, whole.components.values, absolute: 1e-4)
    #expect(other == PrincipalComponents(of: points, count: 4, solver: solver, threads: 1))
  }
  let seeds = (1...2).map {
    PrincipalComponents(of: points, count: 4, seed: $0, solver: .iterative)
  }
  #expect(seeds[0] != seeds[1])
}

@Test(arguments: PrincipalComponents.Solver.allCases)
func componentsAreOrthonormalEvenWithoutVariance(solver: PrincipalComponents.Solver) {
  // Two directions of variance in five columns, and six rows.
  let plane = SampleFeatures.normal(6, 2, seed: 9)
  let values = (0..<6).flatMap { row -> [Float] in
    [plane[row, 0], plane[row, 1], 1, plane[row, 0] + plane[row, 1], 0]
  }
  let found = PrincipalComponents(
    of: FeatureMatrix(rows: 6, columns: 5, values: values), count: 5, solver: solver)
  for first in 0..<5 {
    for second in 0...first {
      let dot = zip(found.components.row(first), found.components.row(second))
        .reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      expectClose(dot, first == second ? 1 : 0, absolute: 1e-5, "\(first), \(second)")
    }
  }
  expectClose(found.explainedVariance.reduce(0, +), found.totalVariance, relative: 1e-6)
}

@Test func standardisedColumnsHaveMeanZeroAndVarianceOne() {
  let points = SampleFeatures.normal(500, 3, seed: 2, scale: 4, centre: 9)
  let scaled = points.standardised()
  expectClose(scaled.columnMeans, [0, 0, 0], absolute: 1e-6)
  expectClose(scaled.columnVariances, [1, 1, 1], relative: 1e-5)
  let constant = FeatureMatrix(rows: 3, columns: 2, values: [0.1, 1, 0.1, 2, 0.1, 3])
  #expect(
    constant.standardised().values.indices.allSatisfy { place in
      place % 2 == 1 || constant.standardised().values[place] == 0
    })
}
