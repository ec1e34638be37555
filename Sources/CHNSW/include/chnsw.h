// Graphs for approximate nearest neighbours (hnswlib) behind plain C functions.
//
// A function that can fail returns a message to be freed with chnsw_message_free, or null when all
// went well. No C++ exception leaves the library.
#ifndef CHNSW_H
#define CHNSW_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct chnsw_graph chnsw_graph;

enum { CHNSW_SQUARED_EUCLIDEAN = 0, CHNSW_INNER_PRODUCT = 1 };

// Builds a graph over `count` rows of `columns` numbers, inserted one after the other.
char *chnsw_build(
  const float *rows, int64_t count, int64_t columns, int32_t metric, int64_t links,
  int64_t construction_width, uint64_t seed, chnsw_graph **out);

void chnsw_free(chnsw_graph *graph);

// How many candidates each later search follows; not to be called while one runs.
void chnsw_set_search_width(chnsw_graph *graph, int64_t width);

// Finds up to `neighbors` rows near each of `count` queries, nearest first; places that stay empty
// hold -1. Several threads may search at once.
char *chnsw_search(
  const chnsw_graph *graph, const float *queries, int64_t count, int64_t neighbors,
  int32_t *indices);

void chnsw_message_free(char *message);

#ifdef __cplusplus
}
#endif

#endif
