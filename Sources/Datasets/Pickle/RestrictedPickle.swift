/// Reading of Python pickles, protocols 0 to 5, as plain data.
///
/// A pickle is a program. This reader runs only the part of it that builds None, truth values, numbers, texts, bytes,
/// lists, tuples, dictionaries and NumPy arrays of numbers; any other class or function is refused by its name, and
/// nothing that a file names is ever called. See Python's `pickletools` for the opcodes.
enum RestrictedPickle {
  /// How deep containers may nest.
  static let depthLimit = 64

  /// Reads the one value of a pickle.
  ///
  /// Memory and time grow with the length of the input alone.
  ///
  /// - Parameters:
  ///   - bytes: The pickle.
  ///   - name: What stands for the file in messages.
  /// - Returns: The value.
  /// - Throws: ``DatasetError`` when the pickle is cut off, breaks the format, or holds anything but plain data.
  static func decode(_ bytes: [UInt8], name: String) throws -> PickleValue {
    var machine = PickleMachine(bytes)
    do {
      return try machine.run()
    } catch {
      throw DatasetError(
        .damaged, "\(name): \(error.reason) (pickle byte \(machine.reader.position))")
    }
  }
}

/// Why a pickle cannot be read.
struct PickleFault: Error, Hashable {
  /// One line.
  var reason: String

  /// Creates a fault.
  init(_ reason: String) {
    self.reason = reason
  }
}
