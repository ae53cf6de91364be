// Stage 2: four channels to one row of bytes, byte = round(value / scale) + zero, held to 0 ... 255.
#pragma once

#include "activation.h"
#include "rows.h"

namespace {

template <class Lanes, bulletin::Activation kind>
struct Quantizer {
  using Floats = typename Lanes::Floats;
  using Integers = typename Lanes::Integers;
  const bulletin::Job& job;
  const Floats inverse;
  const Integers zero, low, high;

  explicit Quantizer(const bulletin::Job& job)
      : job(job), inverse(Lanes::all(job.inverse)), zero(Lanes::all(job.zero)), low(Lanes::all(int32_t{0})),
        high(Lanes::all(int32_t{255})) {}

  Integers operator()(const Curve<Lanes, kind>& curve, Floats value) const {
    return Lanes::clamped(Lanes::add(Lanes::nearest(Lanes::multiply(curve(value), inverse)), zero), low, high);
  }

  // The bytes of four channels at as many steps as there are lanes.
  Integers together(Integers a, Integers b, Integers c, Integers d) const {
    const Integers bytes = Lanes::either(Lanes::either(a, Lanes::template shifted<8>(b)),
                                         Lanes::either(Lanes::template shifted<16>(c), Lanes::template shifted<24>(d)));
    if constexpr (Lanes::byte_shift == 128) return Lanes::less_128(bytes);
    else return bytes;
  }

  // A channel past the last is all zero.
  void row(int64_t group) const {
    const int64_t last = job.convolution->channels - 1;
    const int64_t channel[4] = {4 * group, 4 * group + 1, 4 * group + 2, 4 * group + 3};
    const Curve<Lanes, kind> curves[4] = {curve(channel[0], last), curve(channel[1], last), curve(channel[2], last),
                                          curve(channel[3], last)};
    const float* rows[4];
    for (int each = 0; each < 4; each++) rows[each] = job.input + (channel[each] < last ? channel[each] : last) * job.time;
    uint8_t* to = job.bytes + group * job.row + 4 * job.convolution->padding;
    int64_t at = 0;
    for (; at + Lanes::count <= job.time; at += Lanes::count) {
      Integers each[4];
      for (int one = 0; one < 4; one++) each[one] = (*this)(curves[one], Lanes::load(rows[one] + at));
      Lanes::store(to + 4 * at, together(each[0], each[1], each[2], each[3]));
    }
    if (at == job.time) return;
    Integers each[4];
    for (int one = 0; one < 4; one++)
      each[one] = (*this)(curves[one], load_some<Lanes>(rows[one] + at, job.time - at));
    uint8_t whole[4 * Lanes::count];
    Lanes::store(whole, together(each[0], each[1], each[2], each[3]));
    std::memcpy(to + 4 * at, whole, 4 * (job.time - at));
  }

  Curve<Lanes, kind> curve(int64_t channel, int64_t last) const {
    return Curve<Lanes, kind>(job, channel < last ? channel : last);
  }
};

template <class Lanes>
void quantize(const bulletin::Job& job, int64_t group) {
  const int64_t before = 4 * job.convolution->padding, after = before + 4 * job.time;
  uint8_t* row = job.bytes + group * job.row;
  const int zero = job.zero - Lanes::byte_shift;
  std::memset(row, zero, before);
  std::memset(row + after, zero, job.row - after);
  if (4 * group >= job.convolution->channels) {
    std::memset(row + before, zero, after - before);
    return;
  }
  switch (job.convolution->activation) {
    case bulletin::Activation::none: return Quantizer<Lanes, bulletin::Activation::none>(job).row(group);
    case bulletin::Activation::leaky: return Quantizer<Lanes, bulletin::Activation::leaky>(job).row(group);
    case bulletin::Activation::snake: return Quantizer<Lanes, bulletin::Activation::snake>(job).row(group);
  }
}

}  // namespace
