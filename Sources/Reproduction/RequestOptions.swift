import ArgumentParser
import Experiments
import Foundation
import LabelNoise
import Methods
import RunStore

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

  @Option(help: "The folder of finished and resumable runs.")
  var store = "runs"

  @Option(help: "The folder that reports are written to.")
  var reports = "reports"

  @Option(help: "The folder of the data files, instead of the data set's usual place.")
  var dataDir: String?

  /// The store.
  var runStore: RunStore { RunStore(root: URL(fileURLWithPath: store, isDirectory: true)) }

  /// The folder of the data files, if one was named.
  var dataFolder: URL? { dataDir.map { URL(fileURLWithPath: $0, isDirectory: true) } }

  /// What is wanted of a reproduction.
  ///
  /// - Throws: ``RequestError`` and ``ProfileError`` for names that do not exist.
  func request<Item: Reproduction>(for item: Item.Type) throws -> Request {
    let profile = try Profile.named(self.profile)
    let seeds = try self.seeds.map(Self.parseSeeds) ?? profile.seeds
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
    let noises = try noise.map { list in
      let wanted = try Self.split(list, option: "--noise").map { name in
        guard let noise = Item.noises.first(where: { $0.identifier == name.lowercased() }) else {
          throw RequestError.unknown(
            kind: "noise setting", name: name, valid: Item.noises.map(\.identifier))
        }
        return noise
      }
      return Item.noises.filter { wanted.contains($0) }
    }
    let isSelection =
      seeds != profile.seeds || (methods.map { $0.count != Item.methods.count } ?? false)
      || (noises.map { $0.count != Item.noises.count } ?? false)
    return Request(
      profile: profile, methods: methods ?? Item.methods, noises: noises ?? Item.noises,
      seeds: seeds, isSelection: isSelection)
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
  case badSeeds(String)
  case unknownCell(id: String)
  case ambiguousCell(id: String)
  case badJobs(Int)

  var message: String {
    switch self {
    case .unknown(let kind, let name, let valid):
      return "unknown \(kind) '\(name)': expected one of \(valid.joined(separator: ", "))"
    case .empty(let option):
      return "\(option) names nothing; leave it out for everything"
    case .badSeeds(let text):
      return "bad seeds '\(text)': expected a number from 1 to 1000, or a list such as 2,5,9"
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
