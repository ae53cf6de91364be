// Stage 3 with AMX, whose registers are tiles of 16 rows of 64 bytes.
//
// One instruction multiplies 16 outputs x 64 channels of weights with 64 channels x 16 steps of bytes: a row of
// the second tile is four channels of 16 steps, which is just how the bytes lie, `row` bytes apart. Two tiles
// of each give four products of tiles for four loads, and four tiles hold the sums: all eight registers.
#pragma once

#include <immintrin.h>

#include "finish.h"

namespace {

template <class Lanes>
struct MatrixTile {
  static constexpr int64_t outputs = 32, time = 32, side = 16, depth = 64;

  static int64_t channels(const bulletin::Convolution& shape) { return bulletin::rounded_up(shape.channels, depth); }

  static size_t packed_size(const bulletin::Convolution& shape, const int8_t*) {
    return bulletin::rounded_up(shape.outputs, outputs) * shape.taps * channels(shape);
  }

  // [outputs / 16][taps][channels / 64][16][64]: each tile in one piece.
  static void pack(const bulletin::Convolution& shape, const int8_t* weights, void* packed) {
    int8_t* to = static_cast<int8_t*>(packed);
    for (int64_t first = 0; first < bulletin::rounded_up(shape.outputs, outputs); first += side)
      for (int64_t tap = 0; tap < shape.taps; tap++)
        for (int64_t base = 0; base < channels(shape); base += depth)
          for (int64_t output = first; output < first + side; output++)
            for (int64_t channel = base; channel < base + depth; channel++)
              *to++ = output < shape.outputs && channel < shape.channels
                          ? weights[(output * shape.channels + channel) * shape.taps + tap]
                          : 0;
  }

  // What the tile registers look like, as the instruction wants to be told.
  struct alignas(64) Configuration {
    uint8_t palette = 1, start_row = 0, reserved[14] = {};
    uint16_t row_bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
    uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
  };

  // The registers' numbers are part of the instructions: 0-3 sums, 4-5 weights, 6-7 bytes.
  static void tile(const bulletin::Job& job, int64_t first, int64_t start, int64_t end, Tally<Lanes> (&tallies)[outputs]) {
    const int64_t steps = job.convolution->taps * job.groups / side;  // groups of four, sixteen at a time
    const int8_t* upper = static_cast<const int8_t*>(job.weights) + first * steps * depth;
    const int8_t* lower = upper + side * steps * depth;
    const uint8_t* from = job.bytes + 4 * start;
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    for (int64_t step = 0; step < steps; step++, upper += side * depth, lower += side * depth) {
      const uint8_t* at = from + job.offsets[step * side];
      _tile_loadd(6, at, job.row);
      _tile_loadd(4, upper, depth);
      _tile_dpbsud(0, 4, 6);
      _tile_loadd(7, at + 4 * side, job.row);
      _tile_dpbsud(1, 4, 7);
      _tile_loadd(5, lower, depth);
      _tile_dpbsud(2, 5, 6);
      _tile_dpbsud(3, 5, 7);
    }
    alignas(64) int32_t sums[4][side][side];
    _tile_stored(0, sums[0], 4 * side);
    _tile_stored(1, sums[1], 4 * side);
    _tile_stored(2, sums[2], 4 * side);
    _tile_stored(3, sums[3], 4 * side);
    for (int64_t output = 0; output < outputs; output++) {
      const auto& left = sums[output / side * 2][output % side];
      const auto& right = sums[output / side * 2 + 1][output % side];
      const typename Lanes::Integers row[2] = {Lanes::load(static_cast<const void*>(left)),
                                               Lanes::load(static_cast<const void*>(right))};
      finish<Lanes>(job, first + output, start, end, row, tallies[output]);
    }
  }

  static void convolve(const bulletin::Job& job, const bulletin::Block& block) {
    const Configuration configuration;
    _tile_loadconfig(&configuration);
    for (int64_t first = block.first_output; first < block.last_output; first += outputs) {
      Tally<Lanes> tallies[outputs];
      for (int64_t start = block.first_time; start < block.last_time; start += time)
        tile(job, first, start, block.last_time, tallies);
      finish_tallies<Lanes>(job, first, block.piece, tallies);
    }
    _tile_release();
  }
};

}  // namespace
