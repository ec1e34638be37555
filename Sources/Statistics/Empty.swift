/// placeholder
enum EmptyStatistics {}
