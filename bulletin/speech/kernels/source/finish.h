// The end of stage 3: from integer sums to floats.
#pragma once

#include "job.h"
#include "rows.h"

namespace {

// Where a vector of values of one output belongs: `left` steps of it, one after the other.
template <class Lanes>
void keep(const float* residual, float* to, typename Lanes::Floats value, int64_t left) {
  if (left >= Lanes::count) {
    if (residual) value = Lanes::add(value, Lanes::load(residual));
    Lanes::store(to, value);
  } else {
    if (residual) value = Lanes::add(value, load_some<Lanes>(residual, left));
    store_some<Lanes>(to, value, left);
  }
}

// The same where the steps of an output are `phases` apart.
template <class Lanes>
void spread(const bulletin::Job& job, int64_t output, int64_t time, typename Lanes::Floats value, int64_t left) {
  const int64_t phases = job.convolution->phases;
  float each[Lanes::count];
  Lanes::store(each, value);
  float* row = job.output + output / phases * job.length;
  int64_t place = time * phases + output % phases - job.convolution->crop;
  for (int64_t at = 0; at < left && at < Lanes::count; at++, place += phases)
    if (place >= 0 && place < job.length) row[place] = each[at];
}

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
  const bool apart = job.convolution->phases > 1;
  const int64_t place = output * job.output_time + time;
  const float* residual = job.residual ? job.residual + place : nullptr;
#pragma GCC unroll 8
  for (int vector = 0; vector < Vectors; vector++) {
    const int64_t at = vector * Lanes::count, left = end - time - at;
    if (left <= 0) return;
    const Floats value = Lanes::multiply_add(Lanes::floats(Lanes::subtract(sums[vector], share)), scale, bias);
    if (apart) spread<Lanes>(job, output, time + at, value, left);
    else keep<Lanes>(residual ? residual + at : nullptr, job.output + place + at, value, left);
  }
}

}  // namespace
