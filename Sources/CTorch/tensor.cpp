// Lifetime, shape, data and shape operations.

#include "shim.hpp"

using shim::guard;
using shim::make;

void ct_free(ct_tensor *tensor) {
  if (!tensor) return;
  delete tensor;
  shim::live.fetch_sub(1, std::memory_order_relaxed);
  --shim::balance;
}

ct_tensor *ct_undefined(void) { return shim::wrap(at::Tensor()); }

bool ct_defined(ct_in tensor) { return tensor->value.defined(); }

int32_t ct_rank(ct_in tensor) {
  return tensor->value.defined() ? static_cast<int32_t>(tensor->value.dim()) : 0;
}

int64_t ct_size(ct_in tensor, int32_t dimension) { return tensor->value.sizes()[dimension]; }

int32_t ct_type(ct_in tensor) {
  if (!tensor->value.defined()) return -1;
  switch (tensor->value.scalar_type()) {
    case at::kByte: return CT_UINT8;
    case at::kLong: return CT_INT64;
    case at::kFloat: return CT_FLOAT32;
    case at::kDouble: return CT_FLOAT64;
    case at::kBFloat16: return CT_BFLOAT16;
    case at::kBool: return CT_BOOL;
    default: return -1;
  }
}

int32_t ct_device(ct_in tensor) {
  const at::Tensor &value = tensor->value;
  return value.defined() && value.is_cuda() ? static_cast<int32_t>(value.get_device()) : -1;
}

bool ct_is_channels_last(ct_in tensor) {
  const at::Tensor &value = tensor->value;
  return value.defined() && value.dim() == 4 &&
         value.is_contiguous(at::MemoryFormat::ChannelsLast);
}

ct_message ct_from_bytes(
    ct_out out, const void *bytes, size_t length, const int64_t *shape, int32_t rank, int32_t type,
    int32_t device) {
  return make(out, [&] {
    at::Tensor host = at::empty(at::IntArrayRef(shape, rank), at::TensorOptions(shim::type(type)));
    TORCH_CHECK(
        host.nbytes() == length, "expected ", host.nbytes(), " bytes for the shape, found ", length);
    if (length > 0) std::memcpy(host.data_ptr(), bytes, length);
    return device < 0 ? host : host.to(shim::device(device));
  });
}

ct_message ct_to_bytes(ct_in tensor, void *bytes, size_t length) {
  return guard([&] {
    const at::Tensor host = tensor->value.detach().to(at::kCPU).contiguous();
    TORCH_CHECK(
        host.nbytes() == length, "expected room for ", host.nbytes(), " bytes, found ", length);
    if (length > 0) std::memcpy(bytes, host.data_ptr(), length);
  });
}

ct_message ct_item(ct_in tensor, double *out) {
  return guard([&] { *out = tensor->value.item().toDouble(); });
}

ct_message ct_full(
    ct_out out, const int64_t *shape, int32_t rank, double value, int32_t type, int32_t device) {
  return make(out, [&] {
    return at::full(
        at::IntArrayRef(shape, rank), value,
        at::TensorOptions(shim::type(type)).device(shim::device(device)));
  });
}

ct_message ct_arange(ct_out out, int64_t start, int64_t end, int32_t device) {
  return make(out, [&] {
    return at::arange(start, end, at::TensorOptions(at::kLong).device(shim::device(device)));
  });
}

ct_message ct_to(ct_out out, ct_in a, int32_t type, int32_t device, bool non_blocking) {
  return make(out, [&] {
    return a->value.to(shim::device(device), shim::type(type), non_blocking);
  });
}

ct_message ct_channels_last(ct_out out, ct_in a) {
  return make(out, [&] { return a->value.contiguous(at::MemoryFormat::ChannelsLast); });
}

ct_message ct_contiguous(ct_out out, ct_in a) {
  return make(out, [&] {
    TORCH_CHECK(a->value.defined(), "the tensor is undefined");
    return a->value.contiguous();
  });
}

ct_message ct_clone(ct_out out, ct_in a) {
  return make(out, [&] { return a->value.clone(); });
}

ct_message ct_copy_into(ct_in target, ct_in source) {
  return guard([&] {
    at::Tensor value = target->value.detach();
    value.copy_(source->value);
  });
}

ct_message ct_fill(ct_in target, double value) {
  return guard([&] {
    at::Tensor whole = target->value.detach();
    whole.fill_(value);
  });
}

ct_message ct_reshape(ct_out out, ct_in a, const int64_t *shape, int32_t rank) {
  return make(out, [&] { return a->value.reshape(at::IntArrayRef(shape, rank)); });
}

ct_message ct_permute(ct_out out, ct_in a, const int64_t *order, int32_t rank) {
  return make(out, [&] { return a->value.permute(at::IntArrayRef(order, rank)); });
}

ct_message ct_narrow(ct_out out, ct_in a, int64_t dimension, int64_t start, int64_t length) {
  return make(out, [&] { return a->value.narrow(dimension, start, length); });
}

ct_message ct_cat(ct_out out, ct_list items, int32_t count, int64_t dimension) {
  return make(out, [&] { return at::cat(shim::list(items, count), dimension); });
}

ct_message ct_stack(ct_out out, ct_list items, int32_t count, int64_t dimension) {
  return make(out, [&] { return at::stack(shim::list(items, count), dimension); });
}

ct_message ct_index_select(ct_out out, ct_in a, int64_t dimension, ct_in index) {
  return make(out, [&] { return a->value.index_select(dimension, index->value); });
}

ct_message ct_gather(ct_out out, ct_in a, int64_t dimension, ct_in index) {
  return make(out, [&] { return a->value.gather(dimension, index->value); });
}

ct_message ct_index(ct_out out, ct_in a, const ct_tensor *const *items, int32_t count) {
  return make(out, [&] {
    c10::List<c10::optional<at::Tensor>> indices;
    indices.reserve(count);
    for (int32_t i = 0; i < count; ++i) {
      indices.push_back(
          items[i] ? c10::optional<at::Tensor>(items[i]->value) : c10::optional<at::Tensor>());
    }
    return at::index(a->value, indices);
  });
}

ct_message ct_index_copy(ct_in target, int64_t dimension, ct_in index, ct_in source) {
  return guard([&] {
    at::Tensor whole = target->value.detach();
    whole.index_copy_(dimension, index->value, source->value);
  });
}

ct_message ct_one_hot(ct_out out, ct_in a, int64_t classes) {
  return make(out, [&] { return at::one_hot(a->value, classes); });
}

ct_message ct_pad(ct_out out, ct_in a, const int64_t *pads, int32_t count, double value) {
  return make(out, [&] { return at::constant_pad_nd(a->value, at::IntArrayRef(pads, count), value); });
}
