import Testing
import Torch

struct RuntimeBuildTests {
  @Test func libtorchDescribesItself() {
    #expect(Runtime.buildText.contains("PyTorch built with"))
    #expect(Runtime.parallelText.contains("at::get_num_threads()"))
  }
}
