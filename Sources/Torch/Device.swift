import CTorch
import Foundation

/// Where tensors live and operations run.
public enum Device: Hashable, Sendable, CustomStringConvertible {
  /// The processor.
  case cpu
  /// The CUDA device of this index.
  case cuda(Int)

  /// The number that the C interface uses: -1 for the processor, else the CUDA index.
  var number: Int32 {
    switch self {
    case .cpu: return -1
    case .cuda(let index): return Int32(index)
    }
  }

  init(number: Int32) {
    self = number < 0 ? .cpu : .cuda(Int(number))
  }

  /// The name that ``init(parsing:)`` reads: `cpu` or `cuda:0`.
  public var description: String {
    switch self {
    case .cpu: return "cpu"
    case .cuda(let index): return "cuda:\(index)"
    }
  }

  /// Reads `auto`, `cpu`, `cuda` or `cuda:N` and checks that the device is there.
  ///
  /// `auto` takes the first CUDA device when there is one, else the processor.
  ///
  /// - Throws: ``DeviceError`` for an unknown name or a device that this machine or libtorch build lacks.
  public init(parsing name: String) throws {
    if name == "cpu" {
      self = .cpu
      return
    }
    let isAutomatic = name == "auto"
    if !isAutomatic, name != "cuda", !name.hasPrefix("cuda:") {
      throw DeviceError.unknown(name: name)
    }
    let index = name.hasPrefix("cuda:") ? Int(name.dropFirst("cuda:".count)) : 0
    guard let index, index >= 0 else { throw DeviceError.unknown(name: name) }
    let count = Device.cudaDeviceCount()
    if index < count {
      self = .cuda(index)
    } else if isAutomatic {
      self = .cpu
    } else {
      throw DeviceError.unavailable(name: name, count: count, version: Runtime.version)
    }
  }

  /// The number of CUDA devices that the loaded libtorch can use; 0 for a build without CUDA.
  public static func cudaDeviceCount() -> Int {
    Runtime.loadCUDA()
    var count: Int32 = 0
    if let message = ct_device_count(&count) {
      ct_message_free(message)
      return 0
    }
    return Int(count)
  }

  /// Waits until all work queued on the device is done.
  public func synchronize() {
    Runtime.check("synchronize", ct_synchronize(number))
  }
}

/// A device that was asked for and cannot be had.
public enum DeviceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name is no device name.
  case unknown(name: String)
  /// The name is well formed, but there is no such device.
  case unavailable(name: String, count: Int, version: String)

  /// One line that says what was expected, what was found and what to do.
  public var description: String {
    switch self {
    case .unknown(let name):
      return "unknown device '\(name)': expected auto, cpu, cuda or cuda:N"
    case .unavailable(let name, let count, let version):
      return "no device '\(name)': libtorch \(version) sees \(count) CUDA device(s); "
        + "use DEVICE=cpu, or build with TORCH_HOME pointing at a CUDA build of PyTorch"
    }
  }
}
