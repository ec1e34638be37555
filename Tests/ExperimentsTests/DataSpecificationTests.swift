import Experiments
import Testing

@Suite struct DataSpecificationTests {
  private let data = DataSpecification(
    dataset: "made", poolCount: 100, validationCount: 20, testCount: 10)

  @Test func splitCoversThePoolOnce() {
    let (train, validation) = data.split(seed: 4)
    #expect(train.count == data.trainCount && validation.count == 20)
    #expect((train + validation).sorted() == Array(0..<100))
    #expect(train == train.sorted() && validation == validation.sorted())
  }

  @Test func seedDecidesTheSplit() {
    #expect(data.split(seed: 4).validation == data.split(seed: 4).validation)
    #expect(data.split(seed: 4).validation != data.split(seed: 5).validation)
  }
}
