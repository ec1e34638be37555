/// Numbers that a formula makes here and in the scripts of the fixtures, for samples too large to
/// keep: i · multiplier mod modulus, divided by the modulus, times scale, plus shift.
struct GeneratedSample: Decodable {
  let n, multiplier, modulus: Int
  var scale: Double?
  var shift: Double?

  var values: [Double] {
    (0..<n).map { index in
      let share = Double(index * multiplier % modulus) / Double(modulus)
      return share * (scale ?? 1) + (shift ?? 0)
    }
  }
}
