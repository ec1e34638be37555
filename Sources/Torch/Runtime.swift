import CTorch
import Foundation

/// Settings and facts of the loaded libtorch.
public enum Runtime {
  /// The version of the libtorch that this was compiled against, for example `1.13.0`.
  public static var version: String { String(cString: ct_version()) }

  /// The number of threads that one operation may use on the processor, in libtorch and in OpenBLAS.
  ///
  /// libtorch may start with one thread whatever the machine has, so every program sets this explicitly.
  public static var threads: Int {
    get { Int(ct_threads()) }
    set {
      precondition(newValue > 0, "thread count must be positive, found \(newValue)")
      ct_set_threads(Int32(newValue))
    }
  }

  /// Keeps freed memory for the next step instead of giving it back to the system.
  ///
  /// A process that trains calls this once at its start; measured on the quick profile's network, a forward pass of 500
  /// images takes less than half of the time.
  public static func keepFreedMemory() { ct_keep_freed_memory() }

  /// The number of tensor handles alive in this process.
  public static var liveTensorCount: Int { Int(ct_live_tensors()) }

  /// The tensor handles that this thread has made minus those it has freed.
  ///
  /// A leak check of synchronous code compares it before and after; other threads do not disturb it.
  public static var threadTensorBalance: Int { Int(ct_thread_balance()) }

  private static let cudaLoad: Void = {
    guard let home = ProcessInfo.processInfo.environment["TORCH_HOME"] else { return }
    let path = home + "/lib/libtorch_cuda.so"
    guard FileManager.default.fileExists(atPath: path) else { return }
    if let message = ct_load_library(path) { ct_message_free(message) }
  }()

  /// Loads the CUDA half of libtorch when the build that `TORCH_HOME` names has one.
  ///
  /// Nothing in this project refers to a symbol of it, so the linker drops it unless it is loaded by name.
  static func loadCUDA() { cudaLoad }

  /// Reports a failed call that has no tensor operands; see ``withTorchErrors(_:)``.
  static func check(_ operation: StaticString, _ message: UnsafeMutablePointer<CChar>?) {
    if let message { report(operation, message, operands: []) }
  }

  /// Records a message in the open error scope, or stops the program when there is none.
  static func report(
    _ operation: StaticString, _ message: UnsafeMutablePointer<CChar>, operands: [Tensor]
  ) {
    let shapes = operands.map(\.summary).joined(separator: ", ")
    let text = "\(operation)(\(shapes)): \(String(cString: message))"
    ct_message_free(message)
    if !ct_scope_record(text) {
      FileHandle.standardError.write(Data("tensor error: \(text)\n".utf8))
      preconditionFailure(text)
    }
  }
}
