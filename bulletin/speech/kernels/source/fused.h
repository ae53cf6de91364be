// The operator itself, apart from ONNX Runtime: packed weights, scratch memory, the three stages in order.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "job.h"

namespace bulletin {

// Runs work(0) ... work(number - 1), in any order, perhaps on several threads.
struct Crew {
  virtual ~Crew() = default;
  virtual void run(int64_t number, void (*work)(void* context, size_t index), void* context) = 0;
};

// The tensors of one run; see job.h for their shapes.
struct Tensors {
  const float *input, *gain, *shift, *frequency, *reciprocal, *bias, *residual, *addend;
  const float* moments;  // [channels][4]: mean, variance, lowest, highest of the input; or null
  float* output;
  float* output_moments;  // [outputs][4]
  int64_t time;
};

class FusedConvolution {
 public:
  // weights: [outputs][channels][taps], scales: [outputs]; both are copied.
  FusedConvolution(const Convolution& shape, const int8_t* weights, const float* scales, const Backend& backend);

  // Steps that come out for `time` steps; not positive where there are too few.
  int64_t length(int64_t time) const;

  void run(const Tensors& tensors, Crew& crew) const;

 private:
  int64_t output_time(int64_t time) const;

  const Convolution shape_;
  const Backend& backend_;
  std::vector<float> scales_;
  std::vector<int32_t> sums_;
  std::unique_ptr<uint8_t[]> memory_;
  uint8_t* packed_;
};

}  // namespace bulletin
