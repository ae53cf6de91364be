// The end of stage 3: from integer sums to floats.
#pragma once

#include "job.h"
#include "rows.h"

namespace {

// One vector of sums of one output, from `time` on: takes off the zero point's share, scales, and adds.
template <class Lanes>
void finish(const bulletin::Job& job, int64_t output, int64_t time, int64_t end, typename Lanes::Integers sums) {
  if (time >= end || output >= job.convolution->outputs) return;
  using Floats = typename Lanes::Floats;
  const int64_t place = output * job.output_time + time, number = end - time;
  const int32_t share = (job.zero - Lanes::byte_shift) * job.weight_sums[output];
  const Floats scale = Lanes::all(job.scale * job.weight_scales[output]);
  const Floats bias = Lanes::all(job.bias ? job.bias[output] : 0.0f);
  Floats value = Lanes::multiply_add(Lanes::floats(Lanes::subtract(sums, Lanes::all(share))), scale, bias);
  if (number >= Lanes::count) {
    if (job.residual) value = Lanes::add(value, Lanes::load(job.residual + place));
    Lanes::store(job.output + place, value);
  } else {
    if (job.residual) value = Lanes::add(value, load_some<Lanes>(job.residual + place, number));
    store_some<Lanes>(job.output + place, value, number);
  }
}

}  // namespace
