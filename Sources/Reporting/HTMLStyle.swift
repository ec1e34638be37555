/// The style sheet of the HTML report: no fonts or pictures from elsewhere, light and dark, for
/// wide windows, phones and paper.
enum HTMLStyle {
  /// The style sheet.
  static let text = """
    :root {
      --ink: #1a1a1a; --muted: #5a5f66; --page: #ffffff; --line: #d5d8dc; --band: #f4f5f7;
      --link: #0a5aa0; --good: #00663a; --fair: #0a5aa0; --open: #7a5200; --bad: #a30d0d;
      --none: #5a5f66;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ink: #e6e6e6; --muted: #a4abb3; --page: #16181b; --line: #3a3f45; --band: #1f2226;
        --link: #7fb8ee; --good: #5fd39b; --fair: #7fb8ee; --open: #e5b567; --bad: #ff8a80;
        --none: #a4abb3;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 4rem; max-width: 76rem;
      color: var(--ink); background: var(--page);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
    }
    h1 { font-size: clamp(1.5rem, 4vw, 2.1rem); line-height: 1.2; margin: 0 0 .3rem; }
    h2 {
      font-size: 1.35rem; margin: 2.8rem 0 .8rem; padding-top: .6rem;
      border-top: 1px solid var(--line);
    }
    h3 { font-size: 1.05rem; margin: 1.9rem 0 .4rem; }
    p, li { max-width: 46rem; }
    p { margin: .6rem 0; }
    a { color: var(--link); text-underline-offset: .15em; }
    td a, th a { text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); }
    .subtitle { color: var(--muted); margin: 0; }
    nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1rem; padding: 0; margin: .9rem 0 0; }
    code { font: .875em/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
    td code { white-space: nowrap; }
    q { quotes: "“" "”"; }
    .scroll { overflow-x: auto; margin: 1rem 0 .4rem; }
    .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    table { border-collapse: collapse; font-size: .925rem; line-height: 1.35; min-width: 100%; }
    caption { caption-side: top; text-align: left; font-weight: 600; padding: 0 0 .5rem; }
    th, td { text-align: left; vertical-align: top; padding: .38rem .8rem .38rem 0; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { border-bottom: 2px solid var(--line); vertical-align: bottom; white-space: nowrap; }
    tbody tr { border-bottom: 1px solid var(--line); }
    tbody tr.apart { border-top: 2px solid var(--line); }
    tbody th { font-weight: 600; }
    tbody tr:has(:target) { background: var(--band); }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    td small, th small { display: block; color: var(--muted); font-weight: 400; font-size: .86em; }
    td.number small { white-space: nowrap; }
    .note, figcaption { color: var(--muted); font-size: .875rem; }
    .note { max-width: 60rem; }
    .badge {
      display: inline-block; border: 1px solid currentColor; border-radius: .35rem;
      padding: .02rem .45rem; font-size: .85rem; font-weight: 600; margin: .1rem 0;
    }
    .good { color: var(--good); } .fair { color: var(--fair); } .open { color: var(--open); }
    .bad { color: var(--bad); } .none { color: var(--none); }
    details { margin: .6rem 0; }
    summary { cursor: pointer; color: var(--link); }
    figure { margin: 1.4rem 0 2rem; }
    figure img {
      display: block; width: 100%; max-width: 62rem; height: auto; background: #fff;
      border-radius: .3rem;
    }
    figcaption { max-width: 60rem; margin-top: .5rem; }
    .files { display: block; font-size: .8rem; overflow-wrap: anywhere; }
    .figures.small { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); gap: 1.2rem; }
    .figures.small figure { margin: 0; }
    tbody th { min-width: 7.5rem; }
    @media (max-width: 40rem) {
      td q { display: inline-block; min-width: 12rem; }
    }
    @media print {
      :root {
        --ink: #000; --muted: #444; --page: #fff; --line: #bbb; --band: #fff; --link: #000;
        --good: #000; --fair: #000; --open: #000; --bad: #000; --none: #000;
      }
      body { max-width: none; padding: 0; font-size: 9.5pt; }
      nav { display: none; }
      .scroll { overflow: visible; }
      table { font-size: 8pt; }
      thead { display: table-header-group; }
      tr, figure { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
      details::details-content { content-visibility: visible; display: block; }
      a { text-decoration: none; }
    }
    """
}
