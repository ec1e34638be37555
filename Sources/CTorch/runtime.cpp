// Messages, error scopes, threads, devices, gradient and autocast modes.

#include "shim.hpp"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <torch/version.h>

#include <dlfcn.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace shim {
std::atomic<int64_t> live{0};
thread_local int64_t balance = 0;

namespace {
struct Scope {
  bool failed = false;
  std::string message;
};
thread_local std::vector<Scope> scopes;
}  // namespace
}  // namespace shim

void ct_message_free(ct_message message) { free(message); }

void ct_scope_enter(void) { shim::scopes.emplace_back(); }

ct_message ct_scope_exit(void) {
  if (shim::scopes.empty()) return nullptr;
  shim::Scope scope = std::move(shim::scopes.back());
  shim::scopes.pop_back();
  return scope.failed ? shim::copy(scope.message.c_str()) : nullptr;
}

bool ct_scope_record(const char *message) {
  if (shim::scopes.empty()) return false;
  shim::Scope &scope = shim::scopes.back();
  if (!scope.failed) {
    scope.failed = true;
    scope.message = message;
  }
  return true;
}

const char *ct_version(void) { return TORCH_VERSION; }

void ct_set_threads(int32_t count) {
  at::set_num_threads(count);
  // OpenBLAS counts its own threads, and sums in another order with another number of them.
  using Setter = void (*)(int);
  if (auto set = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) {
    set(count);
  }
}

int32_t ct_threads(void) { return at::get_num_threads(); }

void ct_keep_freed_memory(void) {
#ifdef __GLIBC__
  // By default every larger activation is mapped and faulted in anew at each step.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 2147483647);
  mallopt(M_TOP_PAD, 64 << 20);
#endif
}

int64_t ct_live_tensors(void) { return shim::live.load(std::memory_order_relaxed); }

int64_t ct_thread_balance(void) { return shim::balance; }

ct_message ct_device_count(int32_t *out) {
  return shim::guard([&] {
    *out = at::hasCUDA() ? static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
  });
}

ct_message ct_load_library(const char *path) {
  return dlopen(path, RTLD_NOW | RTLD_GLOBAL) ? nullptr : shim::copy(dlerror());
}

ct_message ct_synchronize(int32_t device) {
  return shim::guard([&] {
    // Reading one element waits for all work queued before it on the device's current stream.
    if (device >= 0) at::zeros({1}, at::TensorOptions(shim::device(device))).item<float>();
  });
}

bool ct_set_grad_mode(bool enabled) {
  const bool previous = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(enabled);
  return previous;
}

ct_message ct_autocast_enter(int32_t device, int32_t type, bool *previous) {
  return shim::guard([&] {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    const auto kind = device < 0 ? at::kCPU : at::kCUDA;
    *previous = at::autocast::is_autocast_enabled(kind);
    at::autocast::set_autocast_dtype(kind, shim::type(type));
    at::autocast::set_autocast_enabled(kind, true);
#else
    if (device < 0) {
      *previous = at::autocast::is_cpu_enabled();
      at::autocast::set_autocast_cpu_dtype(shim::type(type));
      at::autocast::set_cpu_enabled(true);
    } else {
      *previous = at::autocast::is_enabled();
      at::autocast::set_autocast_gpu_dtype(shim::type(type));
      at::autocast::set_enabled(true);
    }
#endif
    at::autocast::increment_nesting();
  });
}

ct_message ct_autocast_exit(int32_t device, bool previous) {
  return shim::guard([&] {
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    at::autocast::set_autocast_enabled(device < 0 ? at::kCPU : at::kCUDA, previous);
#else
    if (device < 0) {
      at::autocast::set_cpu_enabled(previous);
    } else {
      at::autocast::set_enabled(previous);
    }
#endif
  });
}
