// Stage 3 where the processor multiplies four pairs of bytes and adds them to a 32-bit lane.
//
// A tile is Outputs x Vectors sums, all in registers. For every tap and group of four channels it loads
// Vectors vectors of bytes and Outputs broadcast weights, and makes Outputs * Vectors dot products. With
// AVX-512 that is 8 * 3 = 24 products for 11 loads: 12 cycles of two multiplying ports, 5.5 of two loading
// ones, so the multipliers are the limit, and 24 independent sums hide their five cycles' delay.
#pragma once

#include <cstring>

#include "finish.h"

namespace {

template <class Lanes, int Outputs, int Vectors>
struct DotTile {
  using Integers = typename Lanes::Integers;
  static constexpr int64_t time = Vectors * Lanes::count;

  static int64_t groups(const bulletin::Convolution& shape) { return (shape.channels + 3) / 4; }

  static size_t packed_size(const bulletin::Convolution& shape, const int8_t*) {
    return rounded_up_outputs(shape) * shape.taps * groups(shape) * 4;
  }

  static int64_t rounded_up_outputs(const bulletin::Convolution& shape) {
    return bulletin::rounded_up(shape.outputs, Outputs);
  }

  // [outputs / Outputs][taps][groups][Outputs][4]: the order in which a tile wants them. The weights of one
  // output are read tap by tap while they are in the first cache, and written four channels at a time.
  static void pack(const bulletin::Convolution& shape, const int8_t* weights, void* packed) {
    const int64_t taps = shape.taps, group_bytes = 4 * Outputs;
    std::memset(packed, 0, packed_size(shape, weights));
    for (int64_t output = 0; output < shape.outputs; output++, weights += shape.channels * taps) {
      const int64_t tile = output / Outputs, place = output % Outputs;
      int8_t* to = static_cast<int8_t*>(packed) + tile * taps * groups(shape) * group_bytes + 4 * place;
      for (int64_t tap = 0; tap < taps; tap++) {
        const int8_t* from = weights + tap;
        int64_t channel = 0;
        for (; channel + 4 <= shape.channels; channel += 4, to += group_bytes, from += 4 * taps) {
          const int8_t four[4] = {from[0], from[taps], from[2 * taps], from[3 * taps]};
          std::memcpy(to, four, 4);
        }
        if (channel == shape.channels) continue;
        for (; channel < shape.channels; channel++, from += taps) to[channel % 4] = *from;
        to += group_bytes;
      }
    }
  }

  static void tile(const bulletin::Job& job, int64_t first, int64_t start, int64_t end, Tally<Lanes> (&tallies)[Outputs]) {
    const int64_t steps = job.convolution->taps * job.groups;
    const int8_t* weights = static_cast<const int8_t*>(job.weights) + first * steps * 4;
    const uint8_t* from = job.bytes + 4 * start;
    Integers sums[Outputs][Vectors];  // in registers: every index is known when this is compiled
#pragma GCC unroll 8
    for (int output = 0; output < Outputs; output++)
#pragma GCC unroll 8
      for (int vector = 0; vector < Vectors; vector++) sums[output][vector] = Lanes::all(int32_t{0});
    for (int64_t step = 0; step < steps; step++, weights += 4 * Outputs) {
      const uint8_t* at = from + job.offsets[step];
      Integers bytes[Vectors];
#pragma GCC unroll 8
      for (int vector = 0; vector < Vectors; vector++) bytes[vector] = Lanes::load(at + vector * 4 * Lanes::count);
#pragma GCC unroll 8
      for (int output = 0; output < Outputs; output++) {
        const Integers four = Lanes::four(weights + 4 * output);
#pragma GCC unroll 8
        for (int vector = 0; vector < Vectors; vector++)
          sums[output][vector] = Lanes::dot(sums[output][vector], bytes[vector], four);
      }
    }
#pragma GCC unroll 8
    for (int output = 0; output < Outputs; output++)
      finish<Lanes>(job, first + output, start, end, sums[output], tallies[output]);
  }

  // Outputs outside, time inside: a tile's weights stay in the first cache while the bytes, which the second
  // cache holds, pass by, and what is written (and the residual) runs along a few rows, which the processor
  // foresees. The other way round a block takes half as long again.
  static void convolve(const bulletin::Job& job, const bulletin::Block& block) {
    for (int64_t first = block.first_output; first < block.last_output; first += Outputs) {
      Tally<Lanes> tallies[Outputs];
      for (int64_t start = block.first_time; start < block.last_time; start += time)
        tile(job, first, start, block.last_time, tallies);
      finish_tallies<Lanes>(job, first, block.piece, tallies);
    }
  }
};

}  // namespace
