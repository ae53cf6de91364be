// One fused operator of the vocoder: what it computes, what it costs, and how the work is cut up.
//
//   y = convolution(quantized(activation(normalized(x)))) * scale + bias + residual
//
// x has C channels of T floats, y has O channels of T' floats. The published int8 graph computes this with
// twelve to seventeen operators, each of which reads and writes whole tensors, and its convolution first
// copies every input K times (im2col). Here the same numbers are made in three stages:
//
//   1. measure    per channel: mean and variance become one multiplication and one addition (slope,
//                 offset), the lowest and the highest value the range after the activation.
//   2. quantize   per four channels: the activation, rounded to bytes. The scale is one for the
//                 whole tensor, so it is known only when stage 1 has seen every channel.
//   3. convolve   per block of outputs and time: integer products, then scale, bias and residual. The mean,
//                 variance and range of what comes out are taken while it is in registers, so that stage 1
//                 of the next operator need not read it.
//
// Arithmetic of stage 3. A second of sound takes 800 steps of 256 channels and 4800 steps of 128 through 48
// convolutions of 3, 7 or 11 taps:
//
//   800 * 256 * 256 * 168 taps + 4800 * 128 * 128 * 192 taps = 8.8 + 15.1 thousand million products,
//
// and about 3 more in the decoder before them. One core does, per cycle,
//
//   AMX           16 * 16 * 64 / 16 cycles        = 1024 products
//   AVX-512 VNNI  2 ports * 64                    =  128
//   AVX-VNNI      2 ports * 32                    =   64
//   AVX2          3 ports, 2 instructions for 32  =   48
//   NEON dot      2 to 4 pipes * 16               =   32 to 64
//
// which at 3.5 GHz is 0.06 s of AVX-512 VNNI for a second of sound: the ceiling of that path on one core.
//
// Bytes. The tensors are larger than a core's own cache (128 * 4800 floats are 2.4 MB for each second of
// sound), so every pass over one costs about as much as sixteen floating-point instructions for each vector.
// That is why stage 1 is one pass, which computes no activation (none of them ever falls as its input grows,
// so the range's ends are enough), why the bytes of stage 2 are the only intermediate tensor (a quarter of
// the floats), and why nothing is copied for the taps.
//
// Layout of the bytes: four channels side by side, then time, then the next four:
//
//   row g:  [zero ... zero | t0: c0 c1 c2 c3 | t1: c0 c1 c2 c3 | ... | zero ... zero]
//
// A vector load takes 4 channels of as many steps as it has 32-bit lanes, and the dot-product instructions
// multiply each lane's four bytes with four weights and add the sum to the lane: a lane is a step of time,
// and a weight is broadcast. Another tap is the same load at another address, whatever the dilation. The
// zeros at both ends are the convolution's padding; the stored byte for 0.0 is the quantization's zero
// point, and its share of every sum is taken off at the end: sum((q - z) * w) = sum(q * w) - z * sum(w).
//
// The published weights are 7-bit numbers with a zero point, so weight minus zero point fits a signed byte
// exactly, and all sums of stage 3 are the very integers that the published graph computes. Only the vocoder's
// two upsamplings are published in floats; their weights become bytes when the graph is rewritten, with a scale
// for each output and phase (see patterns.py).
#pragma once

#include <cstddef>
#include <cstdint>

namespace bulletin {

enum class Activation : int64_t { none = 0, leaky = 1, snake = 2 };

// What numbers have in common. `squares`: the sum of the squares of their distances from the mean.
struct Moments {
  double number, mean, squares;
  float low, high;
};

// What does not change between runs.
//
// An upsampling by `phases` (a transposed convolution) is an ordinary one too: `phases` outputs for every
// channel that comes out, each of them every `phases`th of its steps. `crop` steps are left out at both ends.
struct Convolution {
  int64_t channels, outputs, taps, dilation, padding, phases, crop;
  Activation activation;
  float leak;     // leaky: the slope below zero
  float epsilon;  // normalization: added to the variance
};

// One run. `scale`, `zero` and what hangs on them are known after stage 1.
struct Job {
  const Convolution* convolution;
  int64_t time, output_time;
  int64_t length;  // of a channel that comes out: output_time, where there are no phases

  const float* input;       // [channels][time]
  const float* gain;        // [channels], or null: no normalization
  const float* shift;       // [channels], with gain
  const float* frequency;   // [channels], snake: x + reciprocal * sin(frequency * x)^2
  const float* reciprocal;  // [channels], snake: at most 1 / frequency, so that it never falls
  const float* bias;        // [outputs], or null
  const float* residual;    // [outputs][output_time], or null; null where there are phases
  const float* addend;      // the same again
  float* output;            // [outputs / phases][length]

  const Moments* moments;  // [channels], of the input, or null where they are not known
  Moments* pieces;         // [pieces of time][outputs], of what comes out

  const void* weights;          // as the backend packed them
  const int32_t* weight_sums;   // [outputs]
  const float* weight_scales;   // [outputs]

  float *slope, *offset;    // [channels], from stage 1
  float *lowest, *highest;  // [channels], from stage 1
  float scale, inverse;     // value = (byte - zero) * scale
  int32_t zero;

  uint8_t* bytes;          // [groups] rows of `row` bytes, from stage 2
  int64_t groups, row;     // groups: a multiple of the backend's
  const int64_t* offsets;  // [taps * groups]: where a tap's group begins, from the first step's address
};

// A rectangle of the output, of the `piece`th piece of time.
struct Block {
  int64_t first_output, last_output, first_time, last_time, piece;
};

// The stages for one kind of processor. Plain pointers rather than virtual functions: nothing of a file
// that was compiled for a newer processor can then be linked into the others.
struct Backend {
  const char* name;
  int64_t channel_multiple;  // channels are filled up to a multiple of this
  int64_t output_multiple;   // outputs likewise
  int64_t tile_time;         // steps that a tile may read and compute beyond the end
  int32_t byte_shift;        // what is added to a stored byte to make it unsigned: 0, or 128 where it is signed

  size_t (*packed_size)(const Convolution&, const int8_t* weights);  // weights: [outputs][channels][taps]
  void (*pack)(const Convolution&, const int8_t* weights, void* packed);
  void (*measure)(const Job&, int64_t channel);
  void (*quantize)(const Job&, int64_t group);
  void (*convolve)(const Job&, const Block&);
};

static inline int64_t rounded_up(int64_t number, int64_t multiple) { return (number + multiple - 1) / multiple * multiple; }

}  // namespace bulletin
