// Tensors over memory that is not libtorch's own.

#include "shim.hpp"

#include <memory>

ct_message ct_wrap_bytes(
    ct_out out, const void *bytes, size_t length, const int64_t *shape, int32_t rank, int32_t type,
    void *owner, void (*release)(void *)) {
  return shim::make(out, [&] {
    // Whichever way this ends, the last holder of this pointer gives the owner back.
    const std::shared_ptr<void> hold(owner, release);
    const at::IntArrayRef sizes(shape, rank);
    const at::ScalarType kind = shim::type(type);
    size_t expected = at::elementSize(kind);
    for (const int64_t size : sizes) {
      TORCH_CHECK(size >= 0, "expected sizes that are not negative, found ", size);
      expected *= static_cast<size_t>(size);
    }
    TORCH_CHECK(
        expected == length, "expected ", expected, " bytes for the shape, found ", length);
    return at::from_blob(
        const_cast<void *>(bytes), sizes, [hold](void *) {}, at::TensorOptions(kind));
  });
}
