extension Job {
  /// The data sets that this job and what it depends on read, as far as its specification names them.
  var datasets: Set<String> {
    var own: Set<String>
    switch self {
    case .generator(let generator): own = [generator.split.dataset]
    case .extractor(let extractor): own = [extractor.split.dataset]
    case .echo(let draw): own = [draw.data.dataset]
    case .run(let run):
      own = [run.data.dataset]
      if let split = run.external { own.insert(split.dataset) }
    case .analysis(let analysis):
      own = Set(analysis.specification.work.run.map { [$0.data.dataset] } ?? [])
    }
    for job in dependencies { own.formUnion(job.datasets) }
    return own
  }
}
