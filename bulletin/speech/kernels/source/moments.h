// Mean, variance and range of a row of numbers: taken together from pieces of it, from memory or while they
// are made.
#pragma once

#include <algorithm>

#include "job.h"
#include "rows.h"

namespace {

using bulletin::Moments;

// Takes in other values (Chan, Golub and LeVeque). Nothing is subtracted from anything much larger, as it would
// be in mean(x * x) - mean(x)^2.
inline void add(Moments& all, const Moments& other) {
  if (!other.number) return;
  all.low = all.number ? std::min(all.low, other.low) : other.low;
  all.high = all.number ? std::max(all.high, other.high) : other.high;
  const double number = all.number + other.number, away = other.mean - all.mean;
  all.mean += away * other.number / number;
  all.squares += other.squares + away * away * all.number * other.number / number;
  all.number = number;
}

// Of values that come vector by vector. What is added up are distances from the first value, which is as good
// as the mean to keep the sums small.
template <class Lanes>
struct Tally {
  using Floats = typename Lanes::Floats;
  Floats first, sum, squares, low, high;
  int64_t number = 0;

  // The first `left` values of the vector, or all of them.
  void add(Floats value, int64_t left) {
    if (!number) {
      float each[Lanes::count];
      Lanes::store(each, value);
      first = low = high = Lanes::all(each[0]);
      sum = squares = Lanes::all(0.0f);
    }
    if (left < Lanes::count) value = first_of<Lanes>(value, left, first);
    const Floats away = Lanes::subtract(value, first);
    sum = Lanes::add(sum, away);
    squares = Lanes::multiply_add(away, away, squares);
    low = Lanes::minimum(low, value);
    high = Lanes::maximum(high, value);
    number += left < Lanes::count ? left : Lanes::count;
  }

  Moments result() const {
    Moments found{};
    if (!number) return found;
    const double total = ::sum<Lanes>(sum);
    found.number = static_cast<double>(number);
    found.mean = lowest<Lanes>(first) + total / found.number;
    found.squares = std::max(0.0, ::sum<Lanes>(squares) - total * total / found.number);
    found.low = lowest<Lanes>(low);
    found.high = highest<Lanes>(high);
    return found;
  }
};

template <class Lanes>
Moments moments(const float* row, int64_t number) {
  constexpr int64_t piece = 2048;  // short sums: a float has no room for long ones
  Moments all{};
  for (int64_t at = 0; at < number;) {
    Tally<Lanes> tally;
    const int64_t end = std::min(at + piece, number);
    for (; at + Lanes::count <= end; at += Lanes::count) tally.add(Lanes::load(row + at), Lanes::count);
    if (at < end) tally.add(load_some<Lanes>(row + at, end - at), end - at);
    at = end;
    add(all, tally.result());
  }
  return all;
}

}  // namespace
