// The end of stage 3: from integer sums to floats.
#pragma once

#include "job.h"
#include "rows.h"

namespace {

// The sums of one output, a few vectors of them from `time` on: takes off the zero point's share, scales, adds.
template <class Lanes, int Vectors>
void finish(const bulletin::Job& job, int64_t output, int64_t time, int64_t end,
            const typename Lanes::Integers (&sums)[Vectors]) {
  if (output >= job.convolution->outputs) return;
  using Floats = typename Lanes::Floats;
  using Integers = typename Lanes::Integers;
  const Integers share = Lanes::all((job.zero - Lanes::byte_shift) * job.weight_sums[output]);
  const Floats scale = Lanes::all(job.scale * job.weight_scales[output]);
  const Floats bias = Lanes::all(job.bias ? job.bias[output] : 0.0f);
  const int64_t place = output * job.output_time + time;
  const float* residual = job.residual ? job.residual + place : nullptr;
  float* to = job.output + place;
#pragma GCC unroll 8
  for (int vector = 0; vector < Vectors; vector++) {
    const int64_t at = vector * Lanes::count, left = end - time - at;
    if (left <= 0) return;
    Floats value = Lanes::multiply_add(Lanes::floats(Lanes::subtract(sums[vector], share)), scale, bias);
    if (left >= Lanes::count) {
      if (residual) value = Lanes::add(value, Lanes::load(residual + at));
      Lanes::store(to + at, value);
    } else {
      if (residual) value = Lanes::add(value, load_some<Lanes>(residual + at, left));
      store_some<Lanes>(to + at, value, left);
    }
  }
}

}  // namespace
