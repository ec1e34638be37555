import Foundation

extension Figure {
  /// Writes `name.png`, `name.svg`, `name.pdf` and `name.csv` into a folder.
  ///
  /// Each file is complete or absent: all are first written under temporary names in the same
  /// folder, then renamed. The folder is made when it is missing. The CSV holds the plotted data in
  /// full precision.
  ///
  /// - Parameters:
  ///   - directory: the folder.
  ///   - name: the name of the files without its ending.
  ///   - scale: how many times 96 pixels per inch the PNG has.
  /// - Returns: the files in the order png, svg, pdf, csv.
  /// - Throws: `PlotError.unwritable` with path and cause; any other `PlotError` of `bytes(as:)`.
  @discardableResult
  public func write(
    to directory: URL, name: String, scale: Double = 2
  ) throws(PlotError) -> [URL] {
    let plan = try plan(measurer: CairoTextMeasurer(family: theme.fontFamily))
    var contents: [(file: URL, data: Data)] = []
    for format in FigureFormat.allCases {
      let bytes = try Self.bytes(of: plan, as: format, scale: scale, theme: theme)
      contents.append(
        (directory.appendingPathComponent("\(name).\(format.rawValue)"), Data(bytes)))
    }
    contents.append(
      (directory.appendingPathComponent("\(name).csv"), Data(chart.table.csv.utf8)))
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: directory.path, reason: Self.reason(of: error))
    }
    try Self.replace(contents)
    return contents.map(\.file)
  }

  private static func replace(_ contents: [(file: URL, data: Data)]) throws(PlotError) {
    let suffix = ".\(ProcessInfo.processInfo.processIdentifier).tmp"
    func temporary(_ file: URL) -> URL {
      file.deletingLastPathComponent().appendingPathComponent(".\(file.lastPathComponent)\(suffix)")
    }
    defer {
      for (file, _) in contents {
        try? FileManager.default.removeItem(at: temporary(file))
      }
    }
    for (file, data) in contents {
      do {
        try data.write(to: temporary(file))
      } catch {
        throw .unwritable(path: file.path, reason: reason(of: error))
      }
    }
    for (file, _) in contents where rename(temporary(file).path, file.path) != 0 {
      throw .unwritable(path: file.path, reason: String(cString: strerror(errno)))
    }
  }

  /// The system's words for an error of Foundation, without its path.
  private static func reason(of error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(underlying.code)))
    }
    return (error as NSError).localizedDescription
  }
}
