// Stage 1: from a channel's mean and variance to one multiplication and one addition, and how far the
// activated values reach. A row of one channel fits the core's own cache, so only the first of the three
// walks along it waits for memory.
#pragma once

#include <cmath>

#include "activation.h"
#include "rows.h"

namespace {

// Adaptive instance normalization: gain * (x - mean) / sqrt(variance + epsilon) + shift.
template <class Lanes>
void normalize(const bulletin::Job& job, int64_t channel) {
  using Floats = typename Lanes::Floats;
  const float* row = job.input + channel * job.time;
  const float mean = row_sum<Lanes>(row, job.time, [](Floats x) { return x; }) / job.time;
  const Floats middle = Lanes::all(mean);
  const float squares = row_sum<Lanes>(row, job.time, [middle](Floats x) {
    const Floats away = Lanes::subtract(x, middle);
    return Lanes::multiply(away, away);
  });
  const float slope = job.gain[channel] / std::sqrt(squares / job.time + job.convolution->epsilon);
  job.slope[channel] = slope;
  job.offset[channel] = job.shift[channel] - mean * slope;
}

// The range always holds 0.0, which must have a byte of its own: the padding is made of it.
template <class Lanes, bulletin::Activation kind>
void measure_extent(const bulletin::Job& job, int64_t channel) {
  using Floats = typename Lanes::Floats;
  const Curve<Lanes, kind> curve(job, channel);
  const float* row = job.input + channel * job.time;
  Floats low = Lanes::all(0.0f), high = low;
  int64_t at = 0;
  for (; at + Lanes::count <= job.time; at += Lanes::count) {
    const Floats value = curve(Lanes::load(row + at));
    low = Lanes::minimum(low, value);
    high = Lanes::maximum(high, value);
  }
  for (; at < job.time; at++) {
    const Floats value = curve(Lanes::all(row[at]));
    low = Lanes::minimum(low, value);
    high = Lanes::maximum(high, value);
  }
  job.lowest[channel] = lowest<Lanes>(low);
  job.highest[channel] = highest<Lanes>(high);
}

template <class Lanes>
void measure(const bulletin::Job& job, int64_t channel) {
  job.slope[channel] = 1.0f;
  job.offset[channel] = 0.0f;
  if (job.gain) normalize<Lanes>(job, channel);
  switch (job.convolution->activation) {
    case bulletin::Activation::none: return measure_extent<Lanes, bulletin::Activation::none>(job, channel);
    case bulletin::Activation::leaky: return measure_extent<Lanes, bulletin::Activation::leaky>(job, channel);
    case bulletin::Activation::snake: return measure_extent<Lanes, bulletin::Activation::snake>(job, channel);
  }
}

}  // namespace
