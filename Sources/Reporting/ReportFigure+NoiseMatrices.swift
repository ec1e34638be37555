import Plotting

extension ReportFigure {
  /// A heat map for each noise setting: the share of each class's labels that became each class.
  public static func noiseMatrices(
    _ audit: NoiseAuditSection, classNames: [String] = []
  ) -> [ReportFigure] {
    audit.settings.compactMap { setting in
      let matrix = setting.meanMatrix
      guard !matrix.isEmpty, matrix.count <= 20 else { return nil }
      let names = matrix.indices.map { $0 < classNames.count ? classNames[$0] : "\($0)" }
      var map = HeatMap(
        rowNames: names, columnNames: names,
        cells: matrix.map { row in
          row.map { share in
            .value(
              100 * share, text: share < 0.005 ? "" : PrintedNumber.percent(share, decimals: 0))
          }
        }, valueLabel: "Share of the class (%)", decimals: 0)
      map.rowLabel = "Clean class"
      map.columnLabel = "Given label"
      map.range = 0...100
      return ReportFigure(
        id: "noise-\(setting.column.id)",
        caption: "\(setting.column.name): given labels by clean class, mean over "
          + "\(PrintedNumber.count(setting.draws.count, "draw")). Shares below half a percent are "
          + "left blank.",
        altText: "Transition matrix of \(setting.column.name).",
        figure: Figure(map, width: 105), isSmall: true)
    }
  }
}
