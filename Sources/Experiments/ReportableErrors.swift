import Datasets
import LabelNoise
import Methods
import Models
import NN
import RunStore
import Torch
import Training

// Errors of modules that know nothing of commands, with the status that each ends a command with.

extension DatasetError: ReportableError {
  /// The file, what was expected and what was found.
  public var message: String { description }
  /// 66 for a missing file, 65 for a damaged one, 64 for an unknown name.
  public var exitStatus: ExitStatus {
    switch kind {
    case .missing: return .inputMissing
    case .damaged: return .badData
    case .unknown: return .usage
    }
  }
}

extension TensorFileError: ReportableError {
  /// The file and the fault.
  public var message: String { description }
  /// 66 for a missing file, 65 for a damaged one.
  public var exitStatus: ExitStatus { kind == .unreadable ? .inputMissing : .badData }
}

extension ParameterError: ReportableError {
  /// The tensor and the fault.
  public var message: String { description }
  /// 65: the saved values belong to another network.
  public var exitStatus: ExitStatus { .badData }
}

extension DeviceError: ReportableError {
  /// The device and what there is.
  public var message: String { description }
  /// 64 for an unknown name, 69 for a device that is not there.
  public var exitStatus: ExitStatus {
    if case .unknown = self { return .usage }
    return .unavailable
  }
}

extension NoiseError: ReportableError {
  /// The value and what is allowed.
  public var message: String { description }
  /// 64: noise is described on the command line.
  public var exitStatus: ExitStatus { .usage }
}

extension LossError: ReportableError {
  /// The value and what is allowed.
  public var message: String { description }
  /// 64: losses and their options are named on the command line.
  public var exitStatus: ExitStatus { .usage }
}

extension ModelNameError: ReportableError {
  /// The name and the ways to write one.
  public var message: String { description }
  /// 64: networks are named on the command line.
  public var exitStatus: ExitStatus { .usage }
}

extension TorchError: ReportableError {
  /// The operation, its operands and libtorch's reason.
  public var message: String { description }
  /// 70: a failing operation is the program's own mistake.
  public var exitStatus: ExitStatus { .internalError }
}

extension DivergenceError: ReportableError {
  /// Where the loss stopped being a number.
  public var message: String { description }
  /// 1: the work failed.
  public var exitStatus: ExitStatus { .failure }
}
