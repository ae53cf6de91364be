// Stage 1: from a channel's mean and variance to one multiplication and one addition, and how far the
// activated values reach. One walk along the row tells all of it.
#pragma once

#include <algorithm>
#include <cmath>

#include "activation.h"
#include "rows.h"

namespace {

// What a number of values have in common. `squares`: the sum of the squares of their distances from the mean.
struct Moments {
  double number = 0, mean = 0, squares = 0;
  float low = 0, high = 0;

  // Takes in other values (Chan, Golub and LeVeque). Nothing is subtracted from anything much larger, as it
  // would be in mean(x * x) - mean(x)^2.
  void add(const Moments& other) {
    low = number ? std::min(low, other.low) : other.low;
    high = number ? std::max(high, other.high) : other.high;
    const double sum = number + other.number, away = other.mean - mean;
    mean += away * other.number / sum;
    squares += other.squares + away * away * number * other.number / sum;
    number = sum;
  }
};

// Of a piece of a row that fits the first cache, so that the second look at it costs next to nothing.
template <class Lanes>
Moments moments_of_piece(const float* row, int64_t number) {
  using Floats = typename Lanes::Floats;
  Moments found;
  found.number = static_cast<double>(number);
  found.mean = row_sum<Lanes>(row, number, [](Floats x) { return x; }) / static_cast<float>(number);
  const Floats middle = Lanes::all(static_cast<float>(found.mean));
  Floats low = Lanes::all(row[0]), high = low;
  found.squares = row_sum<Lanes>(row, number, [middle, &low, &high](Floats x) {
    low = Lanes::minimum(low, x);
    high = Lanes::maximum(high, x);
    const Floats away = Lanes::subtract(x, middle);
    return Lanes::multiply(away, away);
  });
  found.low = lowest<Lanes>(low);
  found.high = highest<Lanes>(high);
  return found;
}

template <class Lanes>
Moments moments(const float* row, int64_t number) {
  constexpr int64_t piece = 2048;
  Moments all;
  for (int64_t at = 0; at < number; at += piece) all.add(moments_of_piece<Lanes>(row + at, std::min(piece, number - at)));
  return all;
}

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
  const Moments found = moments<Lanes>(job.input + channel * job.time, job.time);
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
