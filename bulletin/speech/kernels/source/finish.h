// The end of stage 3: from integer sums to floats.
#pragma once

#include "moments.h"

namespace {

// Where the steps of an output are `phases` apart: `left` of them, or all that the vector has.
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

// The first `left` values, or a whole vector.
template <class Lanes>
typename Lanes::Floats load_up_to(const float* from, int64_t left) {
  return left >= Lanes::count ? Lanes::load(from) : load_some<Lanes>(from, left);
}

// The sums of one output, a few vectors of them from `time` on: takes off the zero point's share, scales, adds
// what is to be added, keeps the values and tells the tally about them.
template <class Lanes, int Vectors>
void finish(const bulletin::Job& job, int64_t output, int64_t time, int64_t end,
            const typename Lanes::Integers (&sums)[Vectors], Tally<Lanes>& kept) {
  if (output >= job.convolution->outputs) return;
  using Floats = typename Lanes::Floats;
  using Integers = typename Lanes::Integers;
  const Integers share = Lanes::all((job.zero - Lanes::byte_shift) * job.weight_sums[output]);
  const Floats scale = Lanes::all(job.scale * job.weight_scales[output]);
  const Floats bias = Lanes::all(job.bias ? job.bias[output] : 0.0f);
  const bool apart = job.convolution->phases > 1;
  const int64_t place = output * job.output_time + time;
  const float *residual = job.residual, *addend = job.addend;
  Tally<Lanes> tally = kept;  // in registers: nothing that is stored below can be meant
#pragma GCC unroll 8
  for (int vector = 0; vector < Vectors; vector++) {
    const int64_t at = vector * Lanes::count, left = end - time - at;
    if (left <= 0) break;
    Floats value = Lanes::multiply_add(Lanes::floats(Lanes::subtract(sums[vector], share)), scale, bias);
    if (residual) value = Lanes::add(value, load_up_to<Lanes>(residual + place + at, left));
    if (addend) value = Lanes::add(value, load_up_to<Lanes>(addend + place + at, left));
    if (apart) spread<Lanes>(job, output, time + at, value, left);
    else if (left >= Lanes::count) Lanes::store(job.output + place + at, value);
    else store_some<Lanes>(job.output + place + at, value, left);
    tally.add(value, left);
  }
  kept = tally;
}

// Keeps what the tallies of some outputs have seen of one piece of time.
template <class Lanes, int Outputs>
void finish_tallies(const bulletin::Job& job, int64_t first, int64_t piece, const Tally<Lanes> (&tallies)[Outputs]) {
  for (int output = 0; output < Outputs && first + output < job.convolution->outputs; output++)
    job.pieces[piece * job.convolution->outputs + first + output] = tallies[output].result();
}

}  // namespace
