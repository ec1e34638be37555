import CTorch

extension Tensor {
  /// The matrix product, batched over leading dimensions.
  public func matmul(_ other: Tensor) -> Tensor {
    Tensor.make("matmul", [self, other]) { ct_matmul($0, handle, other.handle) }
  }

  /// The linear map x Wᵀ + b, with W of out x in and b of out.
  public func linear(weight: Tensor, bias: Tensor?) -> Tensor {
    Tensor.make("linear", [self, weight]) { ct_linear($0, handle, weight.handle, bias?.handle) }
  }

  /// Two-dimensional cross-correlation of n x c x h x w images with a weight of out x c x k x k.
  public func conv2d(weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0)
    -> Tensor
  {
    Tensor.make("conv2d", [self, weight]) {
      ct_conv2d($0, handle, weight.handle, bias?.handle, Int64(stride), Int64(padding))
    }
  }

  /// Batch normalisation over all dimensions but the second.
  ///
  /// In training the batch's own statistics are used and the running ones updated in place:
  /// running ← (1 − momentum) · running + momentum · batch, with the unbiased batch variance.
  public func batchNorm(
    weight: Tensor, bias: Tensor, runningMean: Tensor, runningVariance: Tensor, training: Bool,
    momentum: Double, epsilon: Double
  ) -> Tensor {
    Tensor.make("batchNorm", [self, weight]) {
      ct_batch_norm(
        $0, handle, weight.handle, bias.handle, runningMean.handle, runningVariance.handle,
        training, momentum, epsilon)
    }
  }

  /// Group normalisation of n x c x h x w with c divisible by the number of groups.
  public func groupNorm(groups: Int, weight: Tensor, bias: Tensor, epsilon: Double) -> Tensor {
    Tensor.make("groupNorm", [self, weight]) {
      ct_group_norm($0, handle, Int64(groups), weight.handle, bias.handle, epsilon)
    }
  }

  /// The largest value in each square window.
  public func maxPool2d(kernel: Int, stride: Int) -> Tensor {
    Tensor.make("maxPool2d", [self]) { ct_max_pool2d($0, handle, Int64(kernel), Int64(stride)) }
  }

  /// Nearest-neighbour enlargement to a height and width.
  public func upsampledNearest(height: Int, width: Int) -> Tensor {
    Tensor.make("upsampledNearest", [self]) {
      ct_upsample_nearest($0, handle, Int64(height), Int64(width))
    }
  }

  /// Space to depth: n x c x hf x wf becomes n x cf² x h x w.
  public func pixelUnshuffled(factor: Int) -> Tensor {
    Tensor.make("pixelUnshuffled", [self]) { ct_pixel_unshuffle($0, handle, Int64(factor)) }
  }

  /// Depth to space: n x cf² x h x w becomes n x c x hf x wf.
  public func pixelShuffled(factor: Int) -> Tensor {
    Tensor.make("pixelShuffled", [self]) { ct_pixel_shuffle($0, handle, Int64(factor)) }
  }

  /// exp(x) normalised to sum to one along a dimension.
  public func softmax(along dimension: Int) -> Tensor {
    Tensor.make("softmax", [self]) { ct_softmax($0, handle, Int64(dimension)) }
  }

  /// The logarithm of ``softmax(along:)``, computed stably.
  public func logSoftmax(along dimension: Int) -> Tensor {
    Tensor.make("logSoftmax", [self]) { ct_log_softmax($0, handle, Int64(dimension)) }
  }

  /// Per-sample −log softmax(self)[target] of n x C logits and n class indices, in nats.
  public func crossEntropy(targets: Tensor) -> Tensor {
    Tensor.make("crossEntropy", [self, targets]) {
      ct_cross_entropy($0, handle, targets.handle)
    }
  }
}
