import Foundation
import RunStore
import Testing

struct DigestTests {
  /// RFC 1321, appendix A.5.
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
  ])
  func md5OfTheStandard(text: String, digest: String) {
    #expect(Digest.md5(of: Data(text.utf8)) == digest)
  }

  /// FIPS 180-2, appendix B.
  @Test(arguments: [
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func sha256OfTheStandard(text: String, digest: String) {
    #expect(Digest.sha256(of: Data(text.utf8)) == digest)
    #expect(Digest.isValid(digest))
    let bytes = Array(text.utf8)
    let middle = bytes.count / 2
    let pieces = [Array(bytes[..<middle]), [], Array(bytes[middle...])]
    #expect(Digest.sha256(ofPieces: pieces) == digest)
  }
}
