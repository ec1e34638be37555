import Testing
import Torch

/// Outside every error scope a misuse stops the program with a message; each runs in a process of
/// its own.
struct TrapTests {
  @Test func aFailedOperationStopsTheProgramWithItsShapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]) + Tensor.zeros([4])
    }
    let message = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
    #expect(message.contains("tensor error: +(float32[2, 3], float32[4]): "), "\(message)")
  }

  @Test func anErrorAfterAScopeStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = try? withTorchErrors { Tensor.zeros([2]).reshape([3]) }
      _ = Tensor.zeros([2]).reshape([3])
    }
  }

  @Test func aWrongElementTypeStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor.zeros([2]).array(of: Double.self)
    }
  }

  @Test func aProgramWithoutMisuseEndsWell() async {
    await #expect(processExitsWith: .success) {
      _ = Tensor.zeros([2]) + 1
    }
  }
}
