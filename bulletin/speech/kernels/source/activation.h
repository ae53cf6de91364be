// The activations, on a vector of values of one channel.
#pragma once

#include "job.h"

namespace {

// sin(x)^2. The period is taken off in two steps (a float holds n * 3.140625 exactly up to n = 65536, and
// multiplying and subtracting is rounded once), and the odd polynomial of degree 11 does the rest. The square
// forgets the sign, so the multiple's parity doesn't matter; it is held to 1 so that values beyond any use
// (past 200 000) stay bounded.
template <class Lanes>
typename Lanes::Floats squared_sine(typename Lanes::Floats x) {
  using Floats = typename Lanes::Floats;
  const Floats turns = Lanes::rounded(Lanes::multiply(x, Lanes::all(0.31830988618f)));
  Floats rest = Lanes::subtract_product(x, turns, Lanes::all(3.140625f));
  rest = Lanes::subtract_product(rest, turns, Lanes::all(9.676535897932e-4f));
  const Floats square = Lanes::multiply(rest, rest);
  Floats series = Lanes::all(-2.3889859e-08f);
  series = Lanes::multiply_add(series, square, Lanes::all(2.7525562e-06f));
  series = Lanes::multiply_add(series, square, Lanes::all(-1.9840874e-04f));
  series = Lanes::multiply_add(series, square, Lanes::all(8.3333310e-03f));
  series = Lanes::multiply_add(series, square, Lanes::all(-1.6666667e-01f));
  const Floats sine = Lanes::multiply_add(Lanes::multiply(series, square), rest, rest);
  return Lanes::minimum(Lanes::multiply(sine, sine), Lanes::all(1.0f));
}

// Normalization and activation of one channel: value -> activation(slope * value + offset).
template <class Lanes, bulletin::Activation kind>
struct Curve {
  using Floats = typename Lanes::Floats;
  Floats slope, offset, first, second;

  Curve(const bulletin::Job& job, int64_t channel)
      : slope(Lanes::all(job.slope[channel])), offset(Lanes::all(job.offset[channel])), first(), second() {
    if constexpr (kind == bulletin::Activation::snake) {
      first = Lanes::all(job.frequency[channel]);
      second = Lanes::all(job.reciprocal[channel]);
    }
    if constexpr (kind == bulletin::Activation::leaky) first = Lanes::all(job.convolution->leak);
  }

  Floats operator()(Floats value) const {
    const Floats x = Lanes::multiply_add(slope, value, offset);
    if constexpr (kind == bulletin::Activation::snake)
      return Lanes::multiply_add(second, squared_sine<Lanes>(Lanes::multiply(first, x)), x);
    if constexpr (kind == bulletin::Activation::leaky)  // holds for leaks between 0 and 1
      return Lanes::maximum(x, Lanes::multiply(first, x));
    return x;
  }
};

}  // namespace
