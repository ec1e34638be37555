import Foundation

/// The file systems that are mounted, as `/proc/self/mounts` lists them.
struct MountTable {
  private let mounts: [(place: String, kind: String)]

  /// Kinds of file systems that several machines share.
  private static let network: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "lustre", "gpfs", "beegfs", "ceph", "glusterfs",
    "fuse.glusterfs", "fuse.ceph", "fuse.sshfs", "afs", "9p", "orangefs", "pvfs2", "wekafs",
    "panfs",
  ]

  /// Reads the list; spaces in names are written as octal there.
  init(_ text: String) {
    mounts = text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count >= 3 else { return nil }
      return (Self.unescaped(fields[1]), String(fields[2]))
    }
  }

  /// The kind of the file system that holds an absolute path; nil when none is listed.
  func kind(of path: String) -> String? {
    // Of equally long places the last one mounted lies on top.
    mounts.reduce(into: (length: -1, kind: String?.none)) { best, mount in
      let place = mount.place == "/" ? "/" : mount.place + "/"
      guard (path + "/").hasPrefix(place), place.count >= best.length else { return }
      best = (place.count, mount.kind)
    }.kind
  }

  /// Whether several machines may share file systems of a kind.
  static func isNetwork(_ kind: String) -> Bool { network.contains(kind) }

  private static func unescaped(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
