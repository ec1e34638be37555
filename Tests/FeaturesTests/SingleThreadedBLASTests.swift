import CBLAS
import Features
import Testing

@Test func threadsOfBLASAreLeftAsTheyWere() throws {
  let before = openblas_get_num_threads()
  defer { openblas_set_num_threads(before) }
  openblas_set_num_threads(2)
  let points = SampleFeatures.normal(100, 4, seed: 1)
  _ = exactNeighbors(of: points, in: points, k: 1, excludingSelf: true, threads: 2)
  _ = PrincipalComponents(of: points, count: 2)
  _ = KMeans(of: points, count: 3, seed: 1, threads: 2)
  #expect(openblas_get_num_threads() == 2)
}
