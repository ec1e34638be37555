/// What the page of the ledger adds to the style of a report: the colours of its heat map.
enum LedgerStyle {
  /// The style sheet, to stand behind that of a report.
  static let text = """
    .heat-p1 { background: rgba(33, 113, 181, .16); } .heat-p2 { background: rgba(33, 113, 181, .34); }
    .heat-p3 { background: rgba(33, 113, 181, .55); } .heat-n1 { background: rgba(217, 119, 6, .16); }
    .heat-n2 { background: rgba(217, 119, 6, .34); } .heat-n3 { background: rgba(217, 119, 6, .55); }
    th.number, td.number { padding-left: .5rem; padding-right: .5rem; }
    [class*="heat-"] a { color: inherit; }
    th.number:last-child, td.number:last-child { padding-right: .5rem; }
    @media (max-width: 40rem) {
      tbody th { position: sticky; left: 0; background: var(--page); min-width: 6.5rem; max-width: 9rem; overflow-wrap: break-word; }
      td small { min-width: 7rem; } td.number small { min-width: 0; }
    }
    @media print {
      [class*="heat-"] { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    }
    """
}
