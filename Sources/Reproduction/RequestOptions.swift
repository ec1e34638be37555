import ArgumentParser
import Datasets
import Experiments
import Foundation
import LabelNoise
import Methods
import NN
import RunStore
import Torch

/// The options that say what is wanted, shared by all commands.
struct RequestOptions: ParsableArguments {
  @Option(help: "The scale: \(Profile.all.map(\.identifier).joined(separator: " or ")).")
  var profile = Profile.quick.identifier

  @Option(help: "The number of seeds (3 means 1, 2 and 3), or a list such as 2,5,9.")
  var seeds: String?

  @Option(help: "Only these methods, as a list of identifiers or names.")
  var methods: String?

  @Option(help: "Only these noise settings, as a list such as symmetric-50,pairflip-45.")
  var noise: String?

  @Option(help: "The number format: float32, or bfloat16 for convolutions and products.")
  var precision: String?

  @Option(help: "The folder of finished and resumable runs.")
  var store = "runs"

  @Option(help: "The folder that reports are written to.")
  var reports = "reports"

  @OptionGroup var data: DataOptions

  /// The store.
  var runStore: RunStore { RunStore(root: URL(fileURLWithPath: store, isDirectory: true)) }

  /// The same options as arguments of another process, whatever its working folder.
  var arguments: [String] {
    var arguments = ["--profile", profile, "--store", runStore.root.path]
    arguments += ["--reports", URL(fileURLWithPath: reports, isDirectory: true).path]
    for (name, value) in [
      ("--seeds", seeds), ("--methods", methods), ("--noise", noise), ("--precision", precision),
    ] {
      if let value { arguments += [name, value] }
    }
    return arguments + data.source.arguments
  }

  /// What is wanted of a reproduction.
  ///
  /// - Parameters:
  ///   - item: The reproduction.
  ///   - needsData: Whether a data set that is not there is an error when files are not verified; they are named by their
  ///     digest.
  /// - Returns: The request.
  /// - Throws: ``RequestError`` and ``ProfileError`` for names that do not exist, and what reading unverified data throws.
  func request<Item: Reproduction>(
    for item: Item.Type, needsData: Bool = true
  ) throws -> Request {
    var profile = try Profile.named(self.profile)
    if let precision {
      guard let known = Precision(rawValue: precision) else {
        throw RequestError.unknown(
          kind: "precision", name: precision, valid: Precision.allCases.map(\.rawValue))
      }
      profile.precision = known
    }
    if data.source.acceptsUnverified {
      let shelf = DataShelf(source: data.source, device: .cpu)
      profile.benchmarks = try profile.benchmarks.map { benchmark in
        do {
          return benchmark.reading(content: try shelf.unverifiedContent(of: benchmark.data.dataset))
        } catch let error as DatasetError where !needsData && error.kind == .missing {
          return benchmark
        }
      }
    }
    let seeds = try self.seeds.map(Self.parseSeeds) ?? profile.seeds
    if Item.methods.isEmpty, methods != nil {
      throw RequestError.nothingToChoose(item: Item.title, option: "--methods")
    }
    let methods = try self.methods.map { list in
      let wanted = try Self.split(list, option: "--methods").map { name in
        guard let entry = Self.method(name, among: Item.methods) else {
          throw RequestError.unknown(
            kind: "method", name: name, valid: Item.methods.map(\.identifier))
        }
        return entry.identifier
      }
      return Item.methods.filter { wanted.contains($0.identifier) }
    }
    let allColumns = Item.columns(of: profile)
    // What is drawn or computed from no data set has neither methods nor columns.
    guard !allColumns.isEmpty || Item.methods.isEmpty else {
      throw RequestError.noColumns(item: Item.title, profile: profile.identifier)
    }
    if allColumns.isEmpty, noise != nil {
      throw RequestError.nothingToChoose(item: Item.title, option: "--noise")
    }
    let columns = try noise.map { list in
      let wanted = try Self.split(list, option: "--noise").map { name in
        guard allColumns.contains(where: { $0.identifier == name.lowercased() }) else {
          throw RequestError.unknown(
            kind: "noise setting", name: name, valid: allColumns.map(\.identifier))
        }
        return name.lowercased()
      }
      return allColumns.filter { wanted.contains($0.identifier) }
    }
    let isSelection =
      seeds != profile.seeds || (methods.map { $0.count != Item.methods.count } ?? false)
      || (columns.map { $0.count != allColumns.count } ?? false)
    return Request(
      profile: profile, methods: methods ?? Item.methods, columns: columns ?? allColumns,
      seeds: seeds, isSelection: isSelection, echoFolder: data.source.echoFolder)
  }

  /// The folder of a request's report.
  ///
  /// Only the default profile's whole table goes to the folder with the reproduction's own name.
  func reportFolder<Item: Reproduction>(for item: Item.Type, _ request: Request) -> URL {
    var name = Item.identifier
    if request.profile.identifier != Profile.quick.identifier {
      name += "-\(request.profile.identifier)"
    }
    if request.isSelection { name += "-selection" }
    return URL(fileURLWithPath: reports, isDirectory: true)
      .appendingPathComponent(name, isDirectory: true)
  }

  private static func method(
    _ name: String, among entries: [MethodCatalog.Entry]
  ) -> MethodCatalog.Entry? {
    entries.first {
      [$0.identifier, $0.displayName.lowercased()].contains(name.lowercased())
    }
  }

  private static func split(_ list: String, option: String) throws -> [String] {
    let names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
    guard !names.isEmpty else { throw RequestError.empty(option: option) }
    return names
  }

  private static func parseSeeds(_ text: String) throws -> [Int] {
    if let count = Int(text), (1...1000).contains(count) { return Array(1...count) }
    let seeds = text.split(separator: ",").map { Int($0.trimmingCharacters(in: .whitespaces)) }
    let known = seeds.compactMap { $0 }
    guard text.contains(","), known.count == seeds.count, !known.isEmpty,
      known.allSatisfy({ $0 >= 0 })
    else { throw RequestError.badSeeds(text) }
    return Array(Set(known)).sorted()
  }
}

/// A request that names what does not exist.
enum RequestError: ReportableError, Hashable {
  case unknown(kind: String, name: String, valid: [String])
  case empty(option: String)
  case noColumns(item: String, profile: String)
  case badSeeds(String)
  case nothingToChoose(item: String, option: String)
  case noCells(item: String)
  case unknownCell(id: String)
  case ambiguousCell(id: String)
  case badJobs(Int)

  var message: String {
    switch self {
    case .unknown(let kind, let name, let valid):
      return "unknown \(kind) '\(name)': expected one of \(valid.joined(separator: ", "))"
    case .empty(let option):
      return "\(option) names nothing; leave it out for everything"
    case .noColumns(let item, let profile):
      return "\(item) has no data set at the \(profile) profile"
    case .badSeeds(let text):
      return "bad seeds '\(text)': expected a number from 1 to 1000, or a list such as 2,5,9"
    case .nothingToChoose(let item, let option):
      return
        "\(item) trains nothing of its own: leave out \(option), which has nothing to choose from"
    case .noCells(let item):
      return "\(item) has no cells: it trains nothing of its own, and run makes all that it shows"
    case .unknownCell(let id):
      return
        "no run of this table begins with '\(id)': take the id from a report made by this version"
    case .ambiguousCell(let id):
      return "several runs begin with '\(id)': give more of its digits"
    case .badJobs(let jobs):
      return "bad number of jobs \(jobs): expected at least 1"
    }
  }

  var exitStatus: ExitStatus { .usage }
}
