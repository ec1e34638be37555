import Testing

@testable import Reproduction

@Suite struct ForecastComparisonTests {
  @Test(arguments: [
    (10.0, 10.0, true), (15, 10, true), (15.1, 10, false), (10, 15, true), (10, 15.1, false),
    (10, 0, false),
  ])
  func aForecastMayBeHalfAsMuchAgainOff(predicted: Double, actual: Double, isGood: Bool) {
    #expect(ForecastComparison(predicted: predicted, actual: actual).isGood == isGood)
  }

  @Test func theLineNamesBothAndTheRatio() {
    #expect(
      ForecastComparison(predicted: 23, actual: 25.5).text
        == "predicted 23.0 s, actual 25.5 s, ratio 0.90")
    #expect(
      ForecastComparison(predicted: 600, actual: 0).text
        == "predicted 10 min 00 s, actual 0.0 s, ratio –")
  }
}
