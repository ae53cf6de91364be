// Stage 3 with AVX2, which multiplies pairs of bytes into 16-bit lanes.
//
// Its instruction (vpmaddubsw) adds two products of an unsigned byte and a weight into a 16-bit lane and
// cuts off what doesn't fit. To 32 bits it is one instruction more, and a third adds them up: 3 for 32
// products. But the weights are known: most are below 10, so many steps fit a 16-bit lane whatever the bytes
// are. A lane is safe as long as, since it was emptied,
//
//   255 * (sum of its positive weights) <= 32767, that is, the sum is at most 128,
//
// and the same holds for the negative ones. Packing walks the weights once, and cuts the steps into runs (of
// ten or so) after which the lanes have to be emptied into 32 bits. Within a run a step costs 2 instructions
// for 32 products. A pair of weights that is too large by itself (together past 128, of one sign) is two steps
// with half of it each. So no sum is ever cut off, and the result is exact.
#pragma once

#include <immintrin.h>

#include <cstdlib>

#include "finish.h"

namespace {

template <class Lanes>
struct PairTile {
  using Integers = typename Lanes::Integers;
  static constexpr int outputs = 4, vectors = 2;
  static constexpr int64_t time = vectors * Lanes::count;
  static constexpr int32_t most = 32767 / 255;

  // One step of a tile: four channels of one tap, four outputs.
  struct Step {
    int8_t weights[4 * outputs];
    int32_t place;  // which of the job's offsets
    int32_t run;    // of the first step of a run: how many there are; 0 after the last run
  };

  // How far up and how far down the 16-bit lanes can have got since they were emptied, in units of 255.
  struct Filling {
    int32_t up[2 * outputs] = {}, down[2 * outputs] = {};

    void add(const int8_t* weights) {
      for (int at = 0; at < 4 * outputs; at++) {
        int32_t* direction = weights[at] > 0 ? up : down;
        direction[at / 2] += std::abs(weights[at]);
      }
    }

    bool takes(const int8_t* weights) const {
      Filling more = *this;
      more.add(weights);
      for (int pair = 0; pair < 2 * outputs; pair++)
        if (more.up[pair] > most || more.down[pair] > most) return false;
      return true;
    }
  };

  static int64_t groups(const bulletin::Convolution& shape) { return (shape.channels + 3) / 4; }
  static int64_t tiles(const bulletin::Convolution& shape) { return bulletin::rounded_up(shape.outputs, outputs) / outputs; }

  static size_t packed_size(const bulletin::Convolution& shape, const int8_t* weights) {
    int64_t steps = 0;
    for (int64_t tile = 0; tile < tiles(shape); tile++) steps += pack_tile(shape, weights, tile, nullptr);
    return header_size(shape) + steps * sizeof(Step);
  }

  static size_t header_size(const bulletin::Convolution& shape) { return tiles(shape) * sizeof(int64_t); }

  static void pack(const bulletin::Convolution& shape, const int8_t* weights, void* packed) {
    int64_t* first_step = static_cast<int64_t*>(packed);
    Step* steps = reinterpret_cast<Step*>(static_cast<uint8_t*>(packed) + header_size(shape));
    int64_t next = 0;
    for (int64_t tile = 0; tile < tiles(shape); tile++) {
      first_step[tile] = next;
      next += pack_tile(shape, weights, tile, steps + next);
    }
  }

  // The four channels' weights of a tile's outputs, zero where there is no such channel or output.
  static void gather(const bulletin::Convolution& shape, const int8_t* weights, int64_t tile, int64_t tap,
                     int64_t group, int8_t* four) {
    for (int64_t output = tile * outputs; output < (tile + 1) * outputs; output++)
      for (int64_t channel = 4 * group; channel < 4 * group + 4; channel++)
        *four++ = output < shape.outputs && channel < shape.channels
                      ? weights[(output * shape.channels + channel) * shape.taps + tap]
                      : 0;
  }

  // Counts the steps of a tile, and writes them where `steps` is not null.
  static int64_t pack_tile(const bulletin::Convolution& shape, const int8_t* weights, int64_t tile, Step* steps) {
    Filling filling;
    int64_t number = 0, run = 0;
    for (int64_t tap = 0; tap < shape.taps; tap++)
      for (int64_t group = 0; group < groups(shape); group++) {
        int8_t whole[4 * outputs], half[4 * outputs];
        gather(shape, weights, tile, tap, group, whole);
        const int32_t place = static_cast<int32_t>(tap * groups(shape) + group);
        if (!Filling{}.takes(whole)) {
          for (int at = 0; at < 4 * outputs; at++) {
            half[at] = static_cast<int8_t>(whole[at] / 2);
            whole[at] = static_cast<int8_t>(whole[at] - half[at]);
          }
          add_step(half, place, filling, steps, number, run);
        }
        add_step(whole, place, filling, steps, number, run);
      }
    if (steps) steps[number] = Step{{}, 0, 0};
    return number + 1;
  }

  // Writes step `number` where there are steps to write to; it begins a run where the lanes would overflow.
  static void add_step(const int8_t* weights, int32_t place, Filling& filling, Step* steps, int64_t& number,
                       int64_t& run) {
    const bool begins = number == 0 || !filling.takes(weights);
    if (begins) {
      filling = Filling{};
      run = number;
    }
    filling.add(weights);
    if (steps) {
      std::memcpy(steps[number].weights, weights, sizeof steps[number].weights);
      steps[number].place = place;
      steps[run].run = static_cast<int32_t>(number + 1 - run);
    }
    number++;
  }

  static void tile(const bulletin::Job& job, int64_t first, int64_t start, int64_t end, Tally<Lanes> (&tallies)[outputs]) {
    const int64_t* first_step = static_cast<const int64_t*>(job.weights);
    const Step* step = reinterpret_cast<const Step*>(static_cast<const uint8_t*>(job.weights) +
                                                     header_size(*job.convolution)) +
                       first_step[first / outputs];
    const uint8_t* from = job.bytes + 4 * start;
    const int64_t* offsets = job.offsets;
    const Integers ones = _mm256_set1_epi16(1), none = _mm256_setzero_si256();
    Integers narrow[outputs][vectors], wide[outputs][vectors];
#pragma GCC unroll 8
    for (int output = 0; output < outputs; output++)
#pragma GCC unroll 8
      for (int vector = 0; vector < vectors; vector++) narrow[output][vector] = wide[output][vector] = none;
    while (step->run) {
      for (const Step* end_of_run = step + step->run; step < end_of_run; step++) {
        const uint8_t* at = from + offsets[step->place];
        const Integers left = Lanes::load(at), right = Lanes::load(at + 4 * Lanes::count);
#pragma GCC unroll 8
        for (int output = 0; output < outputs; output++) {
          const Integers four = Lanes::four(step->weights + 4 * output);
          narrow[output][0] = _mm256_add_epi16(narrow[output][0], _mm256_maddubs_epi16(left, four));
          narrow[output][1] = _mm256_add_epi16(narrow[output][1], _mm256_maddubs_epi16(right, four));
          // No instruction, but keeps the compiler from doing all products first, for which registers run out.
          asm("" : "+x"(narrow[output][0]), "+x"(narrow[output][1]));
        }
      }
#pragma GCC unroll 8
      for (int output = 0; output < outputs; output++)
#pragma GCC unroll 8
        for (int vector = 0; vector < vectors; vector++) {
          wide[output][vector] = Lanes::add(wide[output][vector], _mm256_madd_epi16(narrow[output][vector], ones));
          narrow[output][vector] = none;
        }
    }
#pragma GCC unroll 8
    for (int output = 0; output < outputs; output++)
      finish<Lanes>(job, first + output, start, end, wide[output], tallies[output]);
  }

  static void convolve(const bulletin::Job& job, const bulletin::Block& block) {
    for (int64_t first = block.first_output; first < block.last_output; first += outputs) {
      Tally<Lanes> tallies[outputs];
      for (int64_t start = block.first_time; start < block.last_time; start += time)
        tile(job, first, start, block.last_time, tallies);
      finish_tallies<Lanes>(job, first, block.piece, tallies);
    }
  }
};

}  // namespace
