// What libtorch says about itself.

#include "shim.hpp"

#include <ATen/Parallel.h>
#include <ATen/Version.h>

namespace {
// The text that a body returns; null when it throws.
template <typename Body>
char *text(Body &&body) noexcept {
  char *result = nullptr;
  free(shim::guard([&] { result = shim::copy(body().c_str()); }));
  return result;
}
}  // namespace

char *ct_build_text(void) {
  return text([] { return at::show_config(); });
}

char *ct_parallel_text(void) {
  return text([] { return at::get_parallel_info(); });
}
