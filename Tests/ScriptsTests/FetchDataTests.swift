import Foundation
import TestSupport
import Testing

/// Runs scripts/fetch-data as a black box against a local server.
@Suite(.enabled(if: FileServer.isPossible, "needs python3 and curl"), .serialized)
struct FetchDataTests {
  private let work: FetchWorkplace
  private let a = FetchWorkplace.files[0].content
  private let allNames = FetchWorkplace.files.map(\.name)

  init() throws { work = try FetchWorkplace() }

  @Test func everythingIsFetchedOnceAndVerified() throws {
    let first = try work.fetch()
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("In all 80700 bytes"))
    #expect(first.output.contains(/\n {2}a\.bin +50 kB\n/))
    #expect(first.output.contains("free"))
    #expect(first.output.contains("Be warned: the terms of two.\n"))
    #expect(work.names == allNames)
    for file in FetchWorkplace.files { #expect(work.fetched(file.name) == file.content) }
    #expect(work.requests == allNames.map { "plain \($0) -" })

    let second = try work.fetch()
    #expect(second.status == 0)
    #expect(work.requests.count == 3)
    for name in allNames { #expect(second.output.contains("\(name): already there and verified")) }
    #expect(!second.output.contains("Be warned"))
  }

  @Test func cutOffDownloadContinuesWithTheSameCommand() throws {
    try work.list("cut")
    let first = try work.fetch()
    #expect(first.status == 75)
    #expect(first.errors.contains("the same command continues"))
    #expect(work.names == allNames.map { $0 + ".part" })
    #expect(work.fetched("a.bin.part") == a.prefix(25_000))

    let second = try work.fetch()
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.output.contains("25 kB to come"))
    #expect(second.output.contains("In all 40350 bytes"))
    #expect(work.requests.contains("cut a.bin bytes=25000-"))
    #expect(work.names == allNames)
    #expect(work.fetched("a.bin") == a)
  }

  @Test func terminatedDownloadContinuesWithTheSameCommand() throws {
    try work.list("slow")
    let run = try work.start()
    let deadline = Date().addingTimeInterval(20)
    // curl writes in blocks, so that not all of the 25,000 bytes need be there.
    while work.fetched("a.bin.part")?.count ?? 0 < 10_000, Date() < deadline {
      Thread.sleep(forTimeInterval: 0.05)
    }
    let other = try work.fetch()
    #expect(other.status == 75)
    #expect(other.errors.contains("another call is fetching into \(work.data.path)"))
    run.process.terminate()
    run.process.waitUntilExit()
    #expect(run.process.terminationStatus == 75)
    #expect(try String(contentsOf: run.errors, encoding: .utf8).contains("same command continues"))
    #expect(work.names == ["a.bin.part"])

    // This server is slow only from the beginning of a file; the others are there.
    for file in FetchWorkplace.files.dropFirst() { try work.place(file.content, as: file.name) }
    #expect(try work.fetch().status == 0)
    #expect(work.fetched("a.bin") == a)
  }

  @Test(arguments: ["wrong", "short", "long"])
  func wrongContentIsDeleted(manner: String) throws {
    try work.list(manner)
    let outcome = try work.fetch([], ["DATASETS": "two"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("not the published"))
    #expect(outcome.errors.contains("deleted"))
    #expect(work.names == [])
  }

  @Test func wrongChecksumIsSaidWithBothDigests() throws {
    try work.list("wrong")
    let outcome = try work.fetch([], ["DATASETS": "two"])
    let digests = outcome.errors.matches(of: /[0-9a-f]{64}/).map { String($0.output) }
    #expect(Set(digests).count == 2)
    #expect(outcome.errors.contains("expected 30000 bytes"))
  }

  @Test func serverWithoutRangesStartsAgain() throws {
    try work.list("norange")
    try work.place(a.prefix(100), as: "a.bin.part")
    let outcome = try work.fetch()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("starting again from its beginning"))
    #expect(work.fetched("a.bin") == a)
  }

  @Test func fullPartIsVerifiedBeforeAnythingIsAsked() throws {
    try work.place(a, as: "a.bin.part")
    try work.place(Data(count: 900), as: "b.bin.part")
    let outcome = try work.fetch([], ["DATASETS": "one"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("b.bin from an earlier call is not the published file"))
    #expect(work.requests == ["plain b.bin -"])
    #expect(work.names == ["a.bin", "b.bin"])
  }

  @Test func partLongerThanTheServersFileIsDeleted() throws {
    try work.list("short")
    try work.place(FetchWorkplace.files[2].content.dropLast(3), as: "c.bin.part")
    let outcome = try work.fetch([], ["DATASETS": "two"])
    #expect(outcome.status == 65)
    #expect(work.names == [])
  }

  @Test func anotherFileOfThatNameIsLeftAlone() throws {
    try work.place(Data("mine".utf8), as: "a.bin")
    let outcome = try work.fetch()
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("a.bin is not the published file (4 bytes, expected 50000"))
    #expect(work.fetched("a.bin") == Data("mine".utf8))
    #expect(work.requests == [])
  }

  @Test func mirrorComesFirst() throws {
    try work.list("none")
    let outcome = try work.fetch([], ["MIRROR": work.address("plain") + "/"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(work.requests == allNames.map { "plain \($0) -" })
  }

  @Test(arguments: ["none", "wrong", "short", "cut", "closed"])
  func mirrorFallsBack(manner: String) throws {
    let mirror = manner == "closed" ? "http://127.0.0.1:9/m" : work.address(manner)
    let outcome = try work.fetch([], ["MIRROR": mirror, "DATASETS": "one"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(work.fetched("a.bin") == a)
    // What a mirror left is continued, unless it was wrong.
    let range = manner == "cut" ? "bytes=25000-" : "-"
    #expect(work.requests.contains("plain a.bin \(range)"))
  }

  @Test func mirrorThatIsNoAddressIsRefused() throws {
    let outcome = try work.fetch([], ["MIRROR": "/folder"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("OFFLINE=/folder"))
  }

  @Test func unreachableServerIs69() throws {
    try work.list(at: "http://127.0.0.1:9")
    let closed = try work.fetch()
    #expect(closed.status == 69)
    #expect(closed.errors.contains("is there a network?"))
    try work.list("none")
    #expect(try work.fetch().status == 69)
    #expect(work.names == [])
  }

  @Test func oneFailureLeavesTheOthers() throws {
    try FileManager.default.removeItem(at: work.served.appendingPathComponent("a.bin"))
    let outcome = try work.fetch()
    #expect(outcome.status == 69)
    #expect(work.names == ["b.bin", "c.bin"])
  }
}
