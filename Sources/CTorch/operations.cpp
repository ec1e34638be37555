// Element-wise operations, reductions, layers and losses.

#include "shim.hpp"

using shim::make;

namespace {

at::OptionalIntArrayRef dimensions(const int64_t *dims, int32_t count) {
  if (count == 0) return at::OptionalIntArrayRef();
  return at::OptionalIntArrayRef(at::IntArrayRef(dims, count));
}

at::Tensor optional(ct_optional tensor) { return tensor ? tensor->value : at::Tensor(); }

}  // namespace

#define CT_BINARY(name, expression) \
  ct_message name(ct_out out, ct_in a, ct_in b) { \
    return make(out, [&] { return expression; }); \
  }
#define CT_UNARY(name, expression) \
  ct_message name(ct_out out, ct_in a) { \
    return make(out, [&] { return expression; }); \
  }
#define CT_SCALAR(name, expression) \
  ct_message name(ct_out out, ct_in a, double b) { \
    return make(out, [&] { return expression; }); \
  }
#define CT_ALONG(name, expression) \
  ct_message name(ct_out out, ct_in a, int64_t dimension) { \
    return make(out, [&] { return expression; }); \
  }

CT_BINARY(ct_add, at::add(a->value, b->value))
CT_BINARY(ct_sub, at::sub(a->value, b->value))
CT_BINARY(ct_mul, at::mul(a->value, b->value))
CT_BINARY(ct_div, at::div(a->value, b->value))
CT_BINARY(ct_equal, at::eq(a->value, b->value))
CT_BINARY(ct_matmul, at::matmul(a->value, b->value))

CT_SCALAR(ct_add_scalar, at::add(a->value, b))
CT_SCALAR(ct_mul_scalar, at::mul(a->value, b))
CT_SCALAR(ct_pow_scalar, at::pow(a->value, b))
CT_SCALAR(ct_greater, at::gt(a->value, b))

CT_UNARY(ct_exp, at::exp(a->value))
CT_UNARY(ct_log, at::log(a->value))
CT_UNARY(ct_sin, at::sin(a->value))
CT_UNARY(ct_cos, at::cos(a->value))
CT_UNARY(ct_sqrt, at::sqrt(a->value))
CT_UNARY(ct_relu, at::relu(a->value))
CT_UNARY(ct_silu, at::silu(a->value))
CT_UNARY(ct_isfinite, at::isfinite(a->value))

CT_ALONG(ct_max, std::get<0>(at::max(a->value, dimension)))
CT_ALONG(ct_argmax, at::argmax(a->value, dimension))
CT_ALONG(ct_softmax, at::softmax(a->value, dimension))
CT_ALONG(ct_log_softmax, at::log_softmax(a->value, dimension))
CT_ALONG(ct_pixel_unshuffle, at::pixel_unshuffle(a->value, dimension))
CT_ALONG(ct_pixel_shuffle, at::pixel_shuffle(a->value, dimension))

ct_message ct_clamp(ct_out out, ct_in a, double low, double high) {
  return make(out, [&] { return at::clamp(a->value, low, high); });
}

ct_message ct_where(ct_out out, ct_in condition, ct_in a, ct_in b) {
  return make(out, [&] { return at::where(condition->value, a->value, b->value); });
}

ct_message ct_sum(ct_out out, ct_in a, const int64_t *dims, int32_t count, bool keep) {
  return make(out, [&] { return at::sum(a->value, dimensions(dims, count), keep); });
}

ct_message ct_mean(ct_out out, ct_in a, const int64_t *dims, int32_t count, bool keep) {
  return make(out, [&] { return at::mean(a->value, dimensions(dims, count), keep); });
}

ct_message ct_argsort(ct_out out, ct_in a, int64_t dimension, bool descending) {
  return make(out, [&] { return std::get<1>(at::sort(a->value, true, dimension, descending)); });
}

ct_message ct_linear(ct_out out, ct_in a, ct_in weight, ct_optional bias) {
  return make(out, [&] { return at::linear(a->value, weight->value, optional(bias)); });
}

ct_message ct_conv2d(
    ct_out out, ct_in a, ct_in weight, ct_optional bias, int64_t stride, int64_t padding) {
  return make(out, [&] {
    at::Tensor images = a->value;
    // oneDNN 2.6, which libtorch 1.13 uses, writes past its buffers in the backward pass of a strided
    // 1 x 1 convolution of few channels. Picking the pixels first leaves the same convolution unstrided.
    if (stride > 1 && padding == 0 && images.dim() == 4 && images.is_cpu() &&
        weight->value.dim() == 4 && weight->value.size(2) == 1 && weight->value.size(3) == 1) {
      images = images.slice(2, 0, images.size(2), stride).slice(3, 0, images.size(3), stride);
      stride = 1;
    }
    return at::conv2d(
        images, weight->value, optional(bias), {stride, stride},
        at::IntArrayRef({padding, padding}));
  });
}

ct_message ct_batch_norm(
    ct_out out, ct_in a, ct_in weight, ct_in bias, ct_in mean, ct_in variance, bool training,
    double momentum, double epsilon) {
  return make(out, [&] {
    return at::batch_norm(
        a->value, weight->value, bias->value, mean->value, variance->value, training, momentum,
        epsilon, true);
  });
}

ct_message ct_group_norm(
    ct_out out, ct_in a, int64_t groups, ct_in weight, ct_in bias, double epsilon) {
  return make(out, [&] {
    return at::group_norm(a->value, groups, weight->value, bias->value, epsilon);
  });
}

ct_message ct_max_pool2d(ct_out out, ct_in a, int64_t kernel, int64_t stride) {
  return make(out, [&] { return at::max_pool2d(a->value, {kernel, kernel}, {stride, stride}); });
}

ct_message ct_upsample_nearest(ct_out out, ct_in a, int64_t height, int64_t width) {
  return make(out, [&] {
    return at::upsample_nearest2d(a->value, at::IntArrayRef({height, width}));
  });
}

ct_message ct_cross_entropy(ct_out out, ct_in logits, ct_in targets) {
  return make(out, [&] {
    return at::cross_entropy_loss(
        logits->value, targets->value, at::Tensor(), at::Reduction::None);
  });
}
