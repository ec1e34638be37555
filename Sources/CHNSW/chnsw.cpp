// The C functions of chnsw.h over hnswlib.

#include "chnsw.h"

#include <hnswlib/hnswlib.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>

namespace {

using Vector __attribute__((vector_size(32), aligned(4))) = float;

inline __attribute__((always_inline)) float sum(const Vector &v) {
  return ((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7]));
}

inline __attribute__((always_inline)) void load(Vector &to, const float *from) {
  std::memcpy(&to, from, sizeof(Vector));
}

// Four sums of eight lanes each, so that additions do not wait for one another.
template <bool squared>
inline __attribute__((always_inline)) float reduce(const float *a, const float *b, size_t count) {
  Vector sums[4] = {};
  size_t i = 0;
  for (; i + 32 <= count; i += 32) {
    for (int lane = 0; lane < 4; ++lane) {
      Vector x, y;
      load(x, a + i + 8 * lane);
      load(y, b + i + 8 * lane);
      if (squared) {
        x -= y;
        sums[lane] += x * x;
      } else {
        sums[lane] += x * y;
      }
    }
  }
  Vector total = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  float rest = 0;
  for (; i < count; ++i) rest += squared ? (a[i] - b[i]) * (a[i] - b[i]) : a[i] * b[i];
  return sum(total) + rest;
}

template <bool squared>
float plain(const void *a, const void *b, const void *count) {
  float value = reduce<squared>(
    static_cast<const float *>(a), static_cast<const float *>(b),
    *static_cast<const size_t *>(count));
  return squared ? value : 1 - value;
}

#if defined(__x86_64__)
template <bool squared>
__attribute__((target("avx2,fma"))) float wide(const void *a, const void *b, const void *count) {
  float value = reduce<squared>(
    static_cast<const float *>(a), static_cast<const float *>(b),
    *static_cast<const size_t *>(count));
  return squared ? value : 1 - value;
}

bool has_wide() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif

// Squared Euclidean distance, or one minus the inner product.
class Space : public hnswlib::SpaceInterface<float> {
 public:
  Space(size_t columns, bool squared) : columns_(columns), squared_(squared) {}
  size_t get_data_size() override { return columns_ * sizeof(float); }
  void *get_dist_func_param() override { return &columns_; }
  hnswlib::DISTFUNC<float> get_dist_func() override {
#if defined(__x86_64__)
    if (has_wide()) return squared_ ? wide<true> : wide<false>;
#endif
    return squared_ ? plain<true> : plain<false>;
  }

 private:
  size_t columns_;
  bool squared_;
};

template <typename Body>
char *guard(Body &&body) noexcept {
  try {
    body();
    return nullptr;
  } catch (const std::exception &error) {
    return strdup(error.what());
  } catch (...) {
    return strdup("an unknown C++ exception");
  }
}

}  // namespace

struct chnsw_graph {
  Space space;
  hnswlib::HierarchicalNSW<float> graph;
  size_t columns;

  chnsw_graph(
    size_t count, size_t columns, bool squared, size_t links, size_t width, size_t seed)
      : space(columns, squared), graph(&space, count, links, width, seed), columns(columns) {}
};

char *chnsw_build(
  const float *rows, int64_t count, int64_t columns, int32_t metric, int64_t links,
  int64_t construction_width, uint64_t seed, chnsw_graph **out) {
  return guard([&] {
    auto result = std::make_unique<chnsw_graph>(
      count, columns, metric == CHNSW_SQUARED_EUCLIDEAN, links, construction_width, seed);
    for (int64_t row = 0; row < count; ++row) {
      result->graph.addPoint(rows + row * columns, static_cast<size_t>(row));
    }
    *out = result.release();
  });
}

void chnsw_free(chnsw_graph *graph) { delete graph; }

void chnsw_set_search_width(chnsw_graph *graph, int64_t width) { graph->graph.setEf(width); }

char *chnsw_search(
  const chnsw_graph *graph, const float *queries, int64_t count, int64_t neighbors,
  int32_t *indices) {
  return guard([&] {
    for (int64_t query = 0; query < count; ++query) {
      auto found = graph->graph.searchKnn(queries + query * graph->columns, neighbors);
      int32_t *to = indices + query * neighbors;
      for (int64_t place = 0; place < neighbors; ++place) to[place] = -1;
      while (!found.empty()) {
        to[found.size() - 1] = static_cast<int32_t>(found.top().second);
        found.pop();
      }
    }
  });
}

void chnsw_message_free(char *message) { free(message); }
