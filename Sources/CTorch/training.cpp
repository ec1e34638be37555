// Autograd and the optimisers' steps, each one call over all parameters.

#include "shim.hpp"

#include <c10/core/GradMode.h>

using shim::guard;
using shim::make;

namespace {

// The parameters that have a gradient, with what belongs to each at the same place.
struct Active {
  std::vector<at::Tensor> parameters;
  std::vector<at::Tensor> grads;
  std::vector<std::vector<at::Tensor>> companions;

  Active(
      const ct_tensor *const *items, std::initializer_list<const ct_tensor *const *> others,
      int32_t count) {
    companions.resize(others.size());
    for (int32_t i = 0; i < count; ++i) {
      const at::Tensor &grad = items[i]->value.grad();
      if (!grad.defined()) continue;
      parameters.push_back(items[i]->value);
      grads.push_back(grad);
      size_t place = 0;
      for (const auto *other : others) companions[place++].push_back(other[i]->value);
    }
  }
};

}  // namespace

ct_message ct_set_requires_grad(ct_in tensor, bool value) {
  return guard([&] {
    at::Tensor leaf = tensor->value;
    leaf.set_requires_grad(value);
  });
}

ct_message ct_detach(ct_out out, ct_in a) {
  return make(out, [&] { return a->value.detach(); });
}

ct_message ct_backward(ct_in a) {
  return guard([&] { a->value.backward(); });
}

ct_message ct_grad(ct_out out, ct_in a) {
  return make(out, [&] { return a->value.grad(); });
}

ct_message ct_zero_grad(ct_list parameters, int32_t count) {
  return guard([&] {
    for (int32_t i = 0; i < count; ++i) {
      at::Tensor parameter = parameters[i]->value;
      parameter.mutable_grad() = at::Tensor();
    }
  });
}

ct_message ct_clip_grad_norm(ct_out out, ct_list parameters, int32_t count, double limit) {
  return make(out, [&] {
    c10::AutoGradMode mode(false);
    Active active(parameters, {}, count);
    TORCH_CHECK(!active.grads.empty(), "no parameter has a gradient to clip");
    const at::Tensor norm = at::stack(at::_foreach_norm(active.grads, 2)).norm();
    // Scaling by a device value keeps the host out of the step.
    const at::Tensor scale = at::clamp(limit / (norm + 1e-6), c10::nullopt, 1.0);
    for (at::Tensor &grad : active.grads) grad.mul_(scale);
    return norm;
  });
}

ct_message ct_sgd_step(
    ct_list parameters, ct_list buffers, int32_t count, double rate, double momentum,
    double weight_decay, bool nesterov, bool first) {
  return guard([&] {
    c10::AutoGradMode mode(false);
    Active active(parameters, {buffers}, count);
    if (active.parameters.empty()) return;
    std::vector<at::Tensor> direction = active.grads;
    if (weight_decay != 0) {
      direction = at::_foreach_add(active.grads, active.parameters, weight_decay);
    }
    if (momentum != 0) {
      std::vector<at::Tensor> &velocity = active.companions[0];
      if (first) {
        for (size_t i = 0; i < velocity.size(); ++i) velocity[i].copy_(direction[i]);
      } else {
        at::_foreach_mul_(velocity, momentum);
        at::_foreach_add_(velocity, direction, 1.0);
      }
      direction = nesterov ? at::_foreach_add(direction, velocity, momentum) : velocity;
    }
    at::_foreach_add_(active.parameters, direction, -rate);
  });
}

ct_message ct_adam_step(
    ct_list parameters, ct_list first_moments, ct_list second_moments, int32_t count, double rate,
    double beta1, double beta2, double epsilon, double weight_decay, bool decoupled,
    int64_t step) {
  return guard([&] {
    c10::AutoGradMode mode(false);
    Active active(parameters, {first_moments, second_moments}, count);
    if (active.parameters.empty()) return;
    std::vector<at::Tensor> grads = active.grads;
    if (weight_decay != 0) {
      if (decoupled) {
        at::_foreach_mul_(active.parameters, 1 - rate * weight_decay);
      } else {
        grads = at::_foreach_add(grads, active.parameters, weight_decay);
      }
    }
    std::vector<at::Tensor> &mean = active.companions[0];
    std::vector<at::Tensor> &square = active.companions[1];
    at::_foreach_mul_(mean, beta1);
    at::_foreach_add_(mean, grads, 1 - beta1);
    at::_foreach_mul_(square, beta2);
    at::_foreach_addcmul_(square, grads, grads, 1 - beta2);
    const double correction1 = 1 - std::pow(beta1, static_cast<double>(step));
    const double correction2 = std::sqrt(1 - std::pow(beta2, static_cast<double>(step)));
    std::vector<at::Tensor> denominator = at::_foreach_sqrt(square);
    at::_foreach_div_(denominator, correction2);
    at::_foreach_add_(denominator, epsilon);
    at::_foreach_addcdiv_(active.parameters, mean, denominator, -rate / correction1);
  });
}

ct_message ct_moving_average(ct_list targets, ct_list sources, int32_t count, double decay) {
  return guard([&] {
    c10::AutoGradMode mode(false);
    std::vector<at::Tensor> averaged = shim::list(targets, count);
    std::vector<at::Tensor> current = shim::list(sources, count);
    at::_foreach_mul_(averaged, decay);
    at::_foreach_add_(averaged, current, 1 - decay);
  });
}
