import Foundation

/// The right to work on one run or asset, held by one process of one machine at a time.
///
/// It is a file under `locks/` that is created in one step, says who holds it, and shows a sign of
/// life now and then (``Lease``). It needs neither locks of the kernel, which not every network file
/// system has, nor clocks that agree. A holder that died on this machine is succeeded at once; one
/// that shows no sign of life, after the length of its lease, which is two minutes unless the
/// environment variable `PLUMBLINE_LEASE_SECONDS` says otherwise.
///
/// The file of a successor is named after the lease that it succeeds, so that of several that see
/// the same lease run out one succeeds. A holder that was paused for longer than its lease, and
/// succeeded, finds that out with ``isHeld()``. Between that question and what follows lies a moment
/// in which two may work; what they write is then the same, since results are never replaced.
public final class RunClaim: Sendable {
  private let descriptor: Int32
  private let chain: LeaseChain
  private let token: String

  private init(descriptor: Int32, chain: LeaseChain, token: String) {
    self.descriptor = descriptor
    self.chain = chain
    self.token = token
    LeaseKeeper.shared.add(descriptor)
  }

  deinit {
    LeaseKeeper.shared.remove(descriptor)
    if isHeld() { chain.remove() }
    close(descriptor)
  }

  /// Whether this claim is still the valid one; false once another process succeeded it.
  public func isHeld() -> Bool { (try? chain.last()?.lease.token) == token }

  /// Takes a claim, or returns nil when another holder has it.
  static func take(_ chain: LeaseChain) throws -> RunClaim? {
    let last = try chain.last()
    if let last, !last.lease.isAbandoned,
      !LeaseWatch.shared.hasExpired(last.lease, path: last.file.path)
    {
      return nil
    }
    let lease = try Lease()
    let file = chain.file(after: last?.lease.token)
    guard let descriptor = try AtomicFile.create(lease.bytes, at: file) else { return nil }
    let claim = RunClaim(descriptor: descriptor, chain: chain, token: lease.token)
    if claim.isHeld() {
      last.map { LeaseWatch.shared.forget(path: $0.file.path) }
      return claim
    }
    // The lease that we succeeded was given back meanwhile, and perhaps another one begun.
    unlink(file.path)
    return nil
  }
}

/// The files of one claim: the first lease, and those that succeeded one another.
struct LeaseChain: Hashable, Sendable {
  var folder: URL
  var name: String

  /// The file of the lease that succeeds another; of the first one when there is none.
  func file(after token: String?) -> URL {
    folder.appendingPathComponent(token.map { "\(name).\($0).lock" } ?? "\(name).lock")
  }

  /// Every lease with its file, oldest first.
  func all() throws -> [(file: URL, lease: Lease)] {
    var leases: [(file: URL, lease: Lease)] = []
    while true {
      let file = file(after: leases.last?.lease.token)
      guard let found = try AtomicFile.numberedContents(of: file),
        !leases.contains(where: { $0.file == file })
      else { return leases }
      leases.append((file, Lease(bytes: found.data, fileNumber: found.number)))
    }
  }

  /// The valid lease, if there is one.
  func last() throws -> (file: URL, lease: Lease)? { try all().last }

  /// Removes all files; the first goes first, since without it the others are out of reach.
  func remove() { for (file, _) in (try? all()) ?? [] { unlink(file.path) } }
}

extension RunStore {
  /// Takes the claim of a run, or returns nil when another process works on it.
  public func tryClaim(_ key: RunKey) throws -> RunClaim? { try tryClaim(named: key.text) }

  /// Takes the claim of a run, waiting while another process works on it.
  ///
  /// Looks four times a second; returns nil once `isStopped` answers true. The other process may
  /// have finished the run meanwhile: look at ``state(of:)`` afterwards.
  public func claim(_ key: RunKey, isStopped: () -> Bool = { false }) throws -> RunClaim? {
    try claim(named: key.text, isStopped: isStopped)
  }

  func tryClaim(named name: String) throws -> RunClaim? {
    try RunClaim.take(
      LeaseChain(folder: root.appendingPathComponent("locks", isDirectory: true), name: name))
  }

  func claim(named name: String, isStopped: () -> Bool) throws -> RunClaim? {
    while true {
      if let claim = try tryClaim(named: name) { return claim }
      if isStopped() { return nil }
      usleep(250_000)
    }
  }
}
