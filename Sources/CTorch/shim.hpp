// What the shim's files share: the handle, the guard and the conversions.

#pragma once

#include "ctorch.h"

#include <ATen/ATen.h>

#include <atomic>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

struct ct_tensor {
  at::Tensor value;
};

namespace shim {

extern std::atomic<int64_t> live;
extern thread_local int64_t balance;

inline char *copy(const char *text) { return strdup(text); }

// The one guard: runs a body and turns whatever it throws into a message.
template <typename Body>
char *guard(Body &&body) noexcept {
  try {
    body();
    return nullptr;
  } catch (const c10::Error &error) {
    return copy(error.what_without_backtrace());
  } catch (const std::exception &error) {
    return copy(error.what());
  } catch (...) {
    return copy("an unknown C++ exception");
  }
}

inline ct_tensor *wrap(at::Tensor value) {
  auto *result = new ct_tensor{std::move(value)};
  live.fetch_add(1, std::memory_order_relaxed);
  ++balance;
  return result;
}

// A guarded body that yields one tensor.
template <typename Body>
char *make(ct_tensor **out, Body &&body) noexcept {
  return guard([&] { *out = wrap(body()); });
}

inline std::vector<at::Tensor> list(const ct_tensor *const *items, int32_t count) {
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (int32_t i = 0; i < count; ++i) result.push_back(items[i]->value);
  return result;
}

inline at::Device device(int32_t index) {
  return index < 0 ? at::Device(at::kCPU) : at::Device(at::kCUDA, static_cast<int8_t>(index));
}

inline at::ScalarType type(int32_t number) {
  switch (number) {
    case CT_UINT8: return at::kByte;
    case CT_INT64: return at::kLong;
    case CT_FLOAT32: return at::kFloat;
    case CT_FLOAT64: return at::kDouble;
    case CT_BFLOAT16: return at::kBFloat16;
    case CT_BOOL: return at::kBool;
    default: TORCH_CHECK(false, "unknown element type number ", number);
  }
}

}  // namespace shim
