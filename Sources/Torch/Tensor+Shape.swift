import CTorch

extension Tensor {
  /// Converts to another element type, another device, or both; returns the same storage when nothing changes.
  public func to(
    _ type: ElementType? = nil, on device: Device? = nil, nonBlocking: Bool = false
  ) -> Tensor {
    Tensor.make("to", [self]) {
      ct_to(
        $0, handle, (type ?? self.type ?? .float32).rawValue, (device ?? self.device).number,
        nonBlocking)
    }
  }

  /// The same n x c x h x w values with the channel varying fastest in memory.
  public func channelsLast() -> Tensor {
    Tensor.make("channelsLast", [self]) { ct_channels_last($0, handle) }
  }

  /// The same values, contiguous in row-major order.
  public func contiguous() -> Tensor {
    Tensor.make("contiguous", [self]) { ct_contiguous($0, handle) }
  }

  /// An independent copy of the values, still part of the autograd graph.
  public func clone() -> Tensor {
    Tensor.make("clone", [self]) { ct_clone($0, handle) }
  }

  /// Overwrites the values in place with those of a tensor of the same shape, outside autograd.
  public func copy(from source: Tensor) {
    if let message = ct_copy_into(handle, source.handle) {
      Runtime.report("copy", message, operands: [self, source])
    }
  }

  /// Overwrites every element in place, outside autograd.
  public func fill(_ value: Double) {
    if let message = ct_fill(handle, value) {
      Runtime.report("fill", message, operands: [self])
    }
  }

  /// The same elements in another shape; one size may be -1.
  public func reshape(_ shape: [Int]) -> Tensor {
    Tensor.make("reshape", [self]) {
      ct_reshape($0, handle, shape.map(Int64.init), Int32(shape.count))
    }
  }

  /// The dimensions in another order.
  public func permute(_ order: [Int]) -> Tensor {
    Tensor.make("permute", [self]) {
      ct_permute($0, handle, order.map(Int64.init), Int32(order.count))
    }
  }

  /// A view of `length` entries from `start` along a dimension.
  public func narrow(_ dimension: Int, from start: Int, length: Int) -> Tensor {
    Tensor.make("narrow", [self]) {
      ct_narrow($0, handle, Int64(dimension), Int64(start), Int64(length))
    }
  }

  /// Entries along a dimension, picked by an int64 vector.
  public func select(_ index: Tensor, along dimension: Int = 0) -> Tensor {
    Tensor.make("select", [self, index]) {
      ct_index_select($0, handle, Int64(dimension), index.handle)
    }
  }

  /// One entry a position along a dimension, picked by an int64 tensor of the same rank.
  public func gather(_ index: Tensor, along dimension: Int) -> Tensor {
    Tensor.make("gather", [self, index]) {
      ct_gather($0, handle, Int64(dimension), index.handle)
    }
  }

  /// Advanced indexing: the int64 indices broadcast together; nil takes a whole dimension.
  public func indexed(by indices: [Tensor?]) -> Tensor {
    let handles = indices.map { $0?.handle }
    return withExtendedLifetime(indices) {
      Tensor.make("indexed", [self] + indices.compactMap { $0 }) { out in
        handles.withUnsafeBufferPointer { buffer in
          buffer.baseAddress.flatMap { ct_index(out, handle, $0, Int32(handles.count)) }
        }
      }
    }
  }

  /// Overwrites, in place and outside autograd, the entries that `index` picks along a dimension.
  public func replace(at index: Tensor, with source: Tensor, along dimension: Int = 0) {
    if let message = ct_index_copy(handle, Int64(dimension), index.handle, source.handle) {
      Runtime.report("replace", message, operands: [self, index, source])
    }
  }

  /// Class indices as rows of zeros with a one, int64.
  public func oneHot(classes: Int) -> Tensor {
    Tensor.make("oneHot", [self]) { ct_one_hot($0, handle, Int64(classes)) }
  }

  /// Constant padding; pairs of (before, after) from the last dimension inwards.
  public func padded(_ pads: [Int], value: Double = 0) -> Tensor {
    Tensor.make("padded", [self]) {
      ct_pad($0, handle, pads.map(Int64.init), Int32(pads.count), value)
    }
  }

  /// The tensors joined along an existing dimension.
  public static func concatenate(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
    make("concatenate", tensors) { out in
      withHandles(tensors) { ct_cat(out, $0, $1, Int64(dimension)) }
    }
  }

  /// The tensors joined along a new dimension.
  public static func stack(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
    make("stack", tensors) { out in
      withHandles(tensors) { ct_stack(out, $0, $1, Int64(dimension)) }
    }
  }
}
