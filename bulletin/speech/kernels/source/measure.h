// Stage 1: from a channel's mean and variance to one multiplication and one addition, and how far the
// activated values reach.
#pragma once

#include <cmath>

#include "activation.h"
#include "moments.h"

namespace {

// None of the activations ever falls as its input grows, so the ends of the input's range become the ends of
// the output's. The range always holds 0.0, which must have a byte of its own: the padding is made of it.
template <class Lanes, bulletin::Activation kind>
void measure_extent(const bulletin::Job& job, int64_t channel, float low, float high) {
  using Floats = typename Lanes::Floats;
  const Curve<Lanes, kind> curve(job, channel);
  const Floats one = curve(Lanes::all(low)), other = curve(Lanes::all(high)), none = Lanes::all(0.0f);
  job.lowest[channel] = lowest<Lanes>(Lanes::minimum(none, Lanes::minimum(one, other)));
  job.highest[channel] = highest<Lanes>(Lanes::maximum(none, Lanes::maximum(one, other)));
}

template <class Lanes>
void measure(const bulletin::Job& job, int64_t channel) {
  const Moments found = job.moments ? job.moments[channel] : moments<Lanes>(job.input + channel * job.time, job.time);
  job.slope[channel] = 1.0f;
  job.offset[channel] = 0.0f;
  if (job.gain) {  // adaptive instance normalization: gain * (x - mean) / sqrt(variance + epsilon) + shift
    const double deviation = std::sqrt(found.squares / found.number + job.convolution->epsilon);
    job.slope[channel] = static_cast<float>(job.gain[channel] / deviation);
    job.offset[channel] = static_cast<float>(job.shift[channel] - found.mean * job.gain[channel] / deviation);
  }
  switch (job.convolution->activation) {
    case bulletin::Activation::none:
      return measure_extent<Lanes, bulletin::Activation::none>(job, channel, found.low, found.high);
    case bulletin::Activation::leaky:
      return measure_extent<Lanes, bulletin::Activation::leaky>(job, channel, found.low, found.high);
    case bulletin::Activation::snake:
      return measure_extent<Lanes, bulletin::Activation::snake>(job, channel, found.low, found.high);
  }
}

}  // namespace
