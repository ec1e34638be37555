import Foundation
import RunStore
import Testing

@Suite struct RunKeyTests {
  @Test func digestOfKnownBytes() throws {
    // FIPS 180-2, appendix B.1 and B.2.
    #expect(
      Digest.sha256(of: Data("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("a")
    try Data("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8).write(to: file)
    #expect(
      try Digest.sha256(ofFile: file)
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    let large = Data(repeating: 7, count: 3_000_001)
    try large.write(to: file)
    #expect(try Digest.sha256(ofFile: file) == Digest.sha256(of: large))
  }

  @Test func everyMemberMattersAndNothingElse() throws {
    let base = try RunKey(of: SampleSpecification())
    #expect(base == (try RunKey(of: SampleSpecification())))
    #expect(base != (try RunKey(of: SampleSpecification(seed: 1))))
    #expect(base != (try RunKey(of: SampleSpecification(rate: 0.45))))
    #expect(base == (try RunKey(of: CanonicalJSON.tree(of: SampleSpecification()))))
    #expect(base.short.count == 10 && base.text.hasPrefix(base.short))
  }

  @Test(arguments: [
    "", "abc", String(repeating: "g", count: 64), String(repeating: "A", count: 64),
  ]
  )
  func otherTextIsNoKey(_ text: String) {
    let error = #expect(throws: StoreError.self) { try RunKey(text) }
    #expect(error?.exitStatus == .usage)
  }

  @Test func missingFileIsNamed() {
    let error = #expect(throws: FileSystemError.self) {
      try Digest.sha256(ofFile: URL(fileURLWithPath: "/nowhere/at-all"))
    }
    #expect(error?.exitStatus == .inputMissing)
    #expect(error?.message.contains("/nowhere/at-all") == true)
  }
}
