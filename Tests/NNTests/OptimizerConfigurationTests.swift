import Foundation
import NN
import Testing

struct OptimizerConfigurationTests {
  static let all: [OptimizerConfiguration] = [
    .sgd(rate: 0.01, momentum: 0.9, weightDecay: 1e-3, nesterov: true), .adam(rate: 0.001),
    .adamW(rate: 0.02, betas: [0.8, 0.99], weightDecay: 0.1),
  ]

  @Test(arguments: zip(all, [0.01, 0.001, 0.02]))
  func ratesAreFound(configuration: OptimizerConfiguration, rate: Double) {
    #expect(configuration.rate == rate)
  }

  @Test func adamHasTheLiteraturesDefaults() {
    #expect(
      OptimizerConfiguration.adam(rate: 0.1)
        == .adam(rate: 0.1, betas: [0.9, 0.999], weightDecay: 0))
  }

  @Test(arguments: all)
  func survivesJSON(configuration: OptimizerConfiguration) throws {
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(OptimizerConfiguration.self, from: data) == configuration)
  }
}
