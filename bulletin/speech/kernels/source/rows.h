// Walking along a row of floats, a vector at a time; the last vector may be partly filled.
#pragma once

#include <cstdint>
#include <cstring>

namespace {

// The first `number` floats, and zeros in the other lanes.
template <class Lanes>
typename Lanes::Floats load_some(const float* from, int64_t number) {
  float whole[Lanes::count] = {};
  std::memcpy(whole, from, number * sizeof(float));
  return Lanes::load(whole);
}

template <class Lanes>
void store_some(float* to, typename Lanes::Floats value, int64_t number) {
  float whole[Lanes::count];
  Lanes::store(whole, value);
  std::memcpy(to, whole, number * sizeof(float));
}

template <class Lanes>
float sum(typename Lanes::Floats value) {
  float each[Lanes::count];
  Lanes::store(each, value);
  float total = 0;
  for (float one : each) total += one;
  return total;
}

template <class Lanes>
float lowest(typename Lanes::Floats value) {
  float each[Lanes::count];
  Lanes::store(each, value);
  float least = each[0];
  for (float one : each) least = one < least ? one : least;
  return least;
}

template <class Lanes>
float highest(typename Lanes::Floats value) {
  return -lowest<Lanes>(Lanes::subtract(Lanes::all(0.0f), value));
}

// The value's first `number` lanes, and in the others those of `rest`.
template <class Lanes>
typename Lanes::Floats first_of(typename Lanes::Floats value, int64_t number, typename Lanes::Floats rest) {
  float each[Lanes::count], whole[Lanes::count];
  Lanes::store(each, value);
  Lanes::store(whole, rest);
  std::memcpy(whole, each, number * sizeof(float));
  return Lanes::load(whole);
}

}  // namespace
