import Datasets
import Foundation
import Testing

struct DataFolderTests {
  @Test(
    arguments: [
      ([:], "/home/me/.cache/plumbline"),
      (["XDG_CACHE_HOME": "/var/cache"], "/var/cache/plumbline"),
      (["XDG_CACHE_HOME": "cache"], "/home/me/.cache/plumbline"),
      (["XDG_CACHE_HOME": ""], "/home/me/.cache/plumbline"),
      (["PLUMBLINE_DATA": "/data", "XDG_CACHE_HOME": "/var/cache"], "/data"),
      (["PLUMBLINE_DATA": "", "XDG_CACHE_HOME": "/var/cache"], "/var/cache/plumbline"),
    ] as [([String: String], String)])
  func theFirstVariableThatCountsDecides(environment: [String: String], path: String) {
    let home = URL(fileURLWithPath: "/home/me", isDirectory: true)
    #expect(DataFolder.standard(environment: environment, home: home).path == path)
  }
}
