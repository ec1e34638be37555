import Datasets
import Testing

struct DatasetErrorTests {
  @Test func messagesAreOneLineWhateverTheyQuote() {
    let error = DatasetError(.damaged, "a\nb\u{1B}[2Jc\r\u{85}\u{2028}\u{202E}d äß€ 日本")
    #expect(error.description == "a?b?[2Jc????d äß€ 日本")
    #expect(error.kind == .damaged)
  }
}
