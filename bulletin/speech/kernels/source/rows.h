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

// `sum` of term(vector) over a row. Four sums side by side, because an addition takes four cycles.
template <class Lanes, class Term>
float row_sum(const float* row, int64_t time, Term term) {
  typename Lanes::Floats sums[4] = {Lanes::all(0.0f), Lanes::all(0.0f), Lanes::all(0.0f), Lanes::all(0.0f)};
  int64_t at = 0;
  for (; at + 4 * Lanes::count <= time; at += 4 * Lanes::count)
    for (int part = 0; part < 4; part++)
      sums[part] = Lanes::add(sums[part], term(Lanes::load(row + at + part * Lanes::count)));
  float rest = 0;
  for (; at < time; at++) {
    float each[Lanes::count];
    Lanes::store(each, term(Lanes::all(row[at])));
    rest += each[0];
  }
  return rest + sum<Lanes>(Lanes::add(Lanes::add(sums[0], sums[1]), Lanes::add(sums[2], sums[3])));
}

}  // namespace
