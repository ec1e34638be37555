// A C interface to the part of libtorch that Plumbline calls.
//
// Every function that can fail returns NULL on success, or a message that the caller frees with ct_message_free.
// No C++ exception crosses this boundary. Results are written to `out` as new references, to be freed once with
// ct_free. Tensors are borrowed as arguments, never taken over.

#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ct_tensor ct_tensor;
typedef char *_Nullable ct_message;
typedef const ct_tensor *_Nonnull ct_in;
typedef const ct_tensor *_Nullable ct_optional;
typedef ct_tensor *_Nullable *_Nonnull ct_out;
typedef const ct_tensor *_Nonnull const *_Nonnull ct_list;

// Element types, by our own stable numbers.
enum { CT_UINT8 = 0, CT_INT64 = 1, CT_FLOAT32 = 2, CT_FLOAT64 = 3, CT_BFLOAT16 = 4, CT_BOOL = 5 };

// Messages and error scopes (per thread).
void ct_message_free(ct_message message);
void ct_scope_enter(void);
// Ends the innermost scope; returns the first message recorded in it, or NULL.
ct_message ct_scope_exit(void);
// Records a message in the innermost scope unless one is there; false when no scope is open.
bool ct_scope_record(const char *_Nonnull message);

// Runtime.
const char *_Nonnull ct_version(void);
// How libtorch was built, and with what it computes in parallel: texts of several lines, freed with ct_message_free.
char *_Nullable ct_build_text(void);
char *_Nullable ct_parallel_text(void);
void ct_set_threads(int32_t count);
int32_t ct_threads(void);
// Tells the C library's allocator to keep freed memory for the next step instead of giving it back.
void ct_keep_freed_memory(void);
int64_t ct_live_tensors(void);
// The tensors that the calling thread has made minus those it has freed.
int64_t ct_thread_balance(void);
ct_message ct_device_count(int32_t *_Nonnull out);
ct_message ct_load_library(const char *_Nonnull path);
ct_message ct_synchronize(int32_t device);
bool ct_set_grad_mode(bool enabled);
// Autocast for one device kind (-1 the processor, else CUDA): enters with the type, leaves and drops its cache.
ct_message ct_autocast_enter(int32_t device, int32_t type, bool *_Nonnull previous);
ct_message ct_autocast_exit(int32_t device, bool previous);

// Lifetime, shape and data. A device is -1 for the processor, else the CUDA index.
void ct_free(ct_tensor *_Nullable tensor);
ct_tensor *_Nonnull ct_undefined(void);
bool ct_defined(ct_in tensor);
int32_t ct_rank(ct_in tensor);
int64_t ct_size(ct_in tensor, int32_t dimension);
int32_t ct_type(ct_in tensor);
int32_t ct_device(ct_in tensor);
bool ct_is_channels_last(ct_in tensor);
ct_message ct_from_bytes(
    ct_out out, const void *_Nonnull bytes, size_t length, const int64_t *_Nonnull shape,
    int32_t rank, int32_t type, int32_t device);
// A tensor on the processor over bytes of the caller, without a copy; the bytes must not change. `release` is called
// with `owner` exactly once: when the last tensor over the bytes has gone, or before this returns a message.
ct_message ct_wrap_bytes(
    ct_out out, const void *_Nonnull bytes, size_t length, const int64_t *_Nonnull shape,
    int32_t rank, int32_t type, void *_Nonnull owner, void (*_Nonnull release)(void *_Nonnull));
ct_message ct_to_bytes(ct_in tensor, void *_Nonnull bytes, size_t length);
ct_message ct_item(ct_in tensor, double *_Nonnull out);
ct_message ct_full(
    ct_out out, const int64_t *_Nonnull shape, int32_t rank, double value, int32_t type,
    int32_t device);
ct_message ct_arange(ct_out out, int64_t start, int64_t end, int32_t device);
ct_message ct_to(ct_out out, ct_in a, int32_t type, int32_t device, bool non_blocking);
ct_message ct_channels_last(ct_out out, ct_in a);
ct_message ct_contiguous(ct_out out, ct_in a);
ct_message ct_clone(ct_out out, ct_in a);
ct_message ct_copy_into(ct_in target, ct_in source);
ct_message ct_fill(ct_in target, double value);

// Shape operations.
ct_message ct_reshape(ct_out out, ct_in a, const int64_t *_Nonnull shape, int32_t rank);
ct_message ct_permute(ct_out out, ct_in a, const int64_t *_Nonnull order, int32_t rank);
ct_message ct_narrow(ct_out out, ct_in a, int64_t dimension, int64_t start, int64_t length);
ct_message ct_cat(ct_out out, ct_list list, int32_t count, int64_t dimension);
ct_message ct_stack(ct_out out, ct_list list, int32_t count, int64_t dimension);
ct_message ct_index_select(ct_out out, ct_in a, int64_t dimension, ct_in index);
ct_message ct_gather(ct_out out, ct_in a, int64_t dimension, ct_in index);
// a[index_0, index_1, ...] with broadcasting; a NULL index takes the whole dimension.
ct_message ct_index(ct_out out, ct_in a, const ct_tensor *_Nullable const *_Nonnull list, int32_t count);
ct_message ct_index_copy(ct_in target, int64_t dimension, ct_in index, ct_in source);
ct_message ct_one_hot(ct_out out, ct_in a, int64_t classes);
ct_message ct_pad(ct_out out, ct_in a, const int64_t *_Nonnull pads, int32_t count, double value);

// Element-wise operations.
ct_message ct_add(ct_out out, ct_in a, ct_in b);
ct_message ct_sub(ct_out out, ct_in a, ct_in b);
ct_message ct_mul(ct_out out, ct_in a, ct_in b);
ct_message ct_div(ct_out out, ct_in a, ct_in b);
ct_message ct_add_scalar(ct_out out, ct_in a, double b);
ct_message ct_mul_scalar(ct_out out, ct_in a, double b);
ct_message ct_pow_scalar(ct_out out, ct_in a, double b);
ct_message ct_clamp(ct_out out, ct_in a, double low, double high);
ct_message ct_exp(ct_out out, ct_in a);
ct_message ct_log(ct_out out, ct_in a);
ct_message ct_sin(ct_out out, ct_in a);
ct_message ct_cos(ct_out out, ct_in a);
ct_message ct_sqrt(ct_out out, ct_in a);
ct_message ct_relu(ct_out out, ct_in a);
ct_message ct_silu(ct_out out, ct_in a);
ct_message ct_equal(ct_out out, ct_in a, ct_in b);
ct_message ct_greater(ct_out out, ct_in a, double b);
ct_message ct_where(ct_out out, ct_in condition, ct_in a, ct_in b);
ct_message ct_isfinite(ct_out out, ct_in a);

// Reductions and ordering. `count` 0 reduces everything.
ct_message ct_sum(ct_out out, ct_in a, const int64_t *_Nullable dims, int32_t count, bool keep);
ct_message ct_mean(ct_out out, ct_in a, const int64_t *_Nullable dims, int32_t count, bool keep);
ct_message ct_max(ct_out out, ct_in a, int64_t dimension);
ct_message ct_argmax(ct_out out, ct_in a, int64_t dimension);
ct_message ct_argsort(ct_out out, ct_in a, int64_t dimension, bool descending);

// Layers and losses.
ct_message ct_matmul(ct_out out, ct_in a, ct_in b);
ct_message ct_linear(ct_out out, ct_in a, ct_in weight, ct_optional bias);
ct_message ct_conv2d(
    ct_out out, ct_in a, ct_in weight, ct_optional bias, int64_t stride, int64_t padding);
ct_message ct_batch_norm(
    ct_out out, ct_in a, ct_in weight, ct_in bias, ct_in mean, ct_in variance, bool training,
    double momentum, double epsilon);
ct_message ct_group_norm(
    ct_out out, ct_in a, int64_t groups, ct_in weight, ct_in bias, double epsilon);
ct_message ct_max_pool2d(ct_out out, ct_in a, int64_t kernel, int64_t stride);
ct_message ct_upsample_nearest(ct_out out, ct_in a, int64_t height, int64_t width);
ct_message ct_pixel_unshuffle(ct_out out, ct_in a, int64_t factor);
ct_message ct_pixel_shuffle(ct_out out, ct_in a, int64_t factor);
ct_message ct_softmax(ct_out out, ct_in a, int64_t dimension);
ct_message ct_log_softmax(ct_out out, ct_in a, int64_t dimension);
// Per-sample cross-entropy of logits (n x C) and class indices (n).
ct_message ct_cross_entropy(ct_out out, ct_in logits, ct_in targets);

// Autograd and optimisation. Lists are of equal length; `grads` may hold undefined tensors' places as NULL never.
ct_message ct_set_requires_grad(ct_in tensor, bool value);
ct_message ct_detach(ct_out out, ct_in a);
ct_message ct_backward(ct_in a);
// The gradient, or an undefined tensor when there is none.
ct_message ct_grad(ct_out out, ct_in a);
ct_message ct_zero_grad(ct_list parameters, int32_t count);
// Scales the gradients so that their joint 2-norm is at most `limit`; `out` is the norm before, on the device.
ct_message ct_clip_grad_norm(ct_out out, ct_list parameters, int32_t count, double limit);
ct_message ct_sgd_step(
    ct_list parameters, ct_list buffers, int32_t count, double rate, double momentum,
    double weight_decay, bool nesterov, bool first);
ct_message ct_adam_step(
    ct_list parameters, ct_list first_moments, ct_list second_moments, int32_t count, double rate,
    double beta1, double beta2, double epsilon, double weight_decay, bool decoupled, int64_t step);
// target <- decay * target + (1 - decay) * source, over two lists.
ct_message ct_moving_average(ct_list targets, ct_list sources, int32_t count, double decay);

#ifdef __cplusplus
}
#endif

#endif
