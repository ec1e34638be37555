import Testing
import Torch

struct DeviceTests {
  @Test func namesAreReadAndPrintedAlike() throws {
    #expect(try Device(parsing: "cpu") == .cpu)
    #expect(Device.cpu.description == "cpu")
    #expect(Device.cuda(3).description == "cuda:3")
  }

  @Test func automaticTakesWhatIsThere() throws {
    let expected: Device = Device.cudaDeviceCount() > 0 ? .cuda(0) : .cpu
    #expect(try Device(parsing: "auto") == expected)
  }

  @Test(arguments: ["", "gpu", "CPU", "cuda:", "cuda:x", "cuda:-1", "cuda:1.5", "cudax", "cuda: 0"])
  func unknownNamesAreRefused(name: String) {
    #expect(throws: DeviceError.unknown(name: name)) { try Device(parsing: name) }
  }

  @Test func aMissingDeviceSaysWhatIsThereAndWhatToDo() {
    let error = #expect(throws: DeviceError.self) { try Device(parsing: "cuda:999") }
    #expect(
      error?.description
        == "no device 'cuda:999': libtorch \(Runtime.version) sees \(Device.cudaDeviceCount()) CUDA "
        + "device(s); use DEVICE=cpu, or build with TORCH_HOME pointing at a CUDA build of PyTorch")
    #expect(
      DeviceError.unknown(name: "gpu").description.contains("expected auto, cpu, cuda or cuda:N"))
  }

  @Test(.enabled(if: Device.cudaDeviceCount() == 0, "there is a CUDA device"))
  func withoutCUDAEveryCUDADeviceIsMissing() {
    #expect(throws: DeviceError.self) { try Device(parsing: "cuda") }
    #expect(throws: TorchError.self) { try withTorchErrors { Tensor.zeros([1], on: .cuda(0)) } }
  }

  @Test func waitingForTheProcessorReturns() {
    Device.cpu.synchronize()
  }
}
