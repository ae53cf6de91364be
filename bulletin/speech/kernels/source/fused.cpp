#include "fused.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "moments.h"

namespace bulletin {

namespace {

constexpr int64_t line = 64;             // bytes of a cache line
constexpr int64_t near_memory = 1 << 18;  // bytes of a block's inputs: an eighth of a core's own cache

uint8_t* aligned(uint8_t* address) {
  const uintptr_t number = reinterpret_cast<uintptr_t>(address);
  return address + (line - number % line) % line;
}

// Bytes from one row of four channels to the next: room for the padding and for a tile that reads past the
// end, and an odd number of cache lines, so that a tile's rows don't all fall into the same few sets.
int64_t row_bytes(const Convolution& shape, int64_t time, int64_t tile_time) {
  const int64_t lines = rounded_up(4 * (time + 2 * shape.padding + tile_time), line) / line;
  return (lines | 1) * line;
}

// Scratch memory of a thread that calls run: kept, because fresh memory costs a page fault every 4096 bytes.
struct Scratch {
  std::unique_ptr<uint8_t[]> bytes;
  size_t size = 0;
  std::vector<float> channels;
  std::vector<int64_t> offsets;
  std::vector<Moments> moments, pieces;

  uint8_t* at_least(size_t wanted) {
    if (wanted > size) {
      bytes.reset(new uint8_t[wanted + line]);
      size = wanted;
    }
    return aligned(bytes.get());
  }
};

thread_local Scratch scratch;

// The range of the whole tensor becomes 255 steps; 0.0 falls on a step.
void choose_scale(Job& job) {
  float low = 0.0f, high = 0.0f;
  for (int64_t channel = 0; channel < job.convolution->channels; channel++) {
    low = std::min(low, job.lowest[channel]);
    high = std::max(high, job.highest[channel]);
  }
  const float scale = (high - low) / 255.0f;
  job.scale = scale >= 1e-30f && std::isfinite(scale) ? scale : 1.0f;  // silence, or nothing that can be said
  job.inverse = 1.0f / job.scale;
  const float zero = std::nearbyint(-low / job.scale);
  job.zero = zero >= 0.0f && zero <= 255.0f ? static_cast<int32_t>(zero) : 0;
}

// As they are handed from one operator to the next: four floats.
Moments read_moments(const float* four, int64_t time) {
  const double number = static_cast<double>(time);
  return {number, four[0], four[1] * number, four[2], four[3]};
}

void write_moments(const Moments& moments, float* four) {
  four[0] = static_cast<float>(moments.mean);
  four[1] = static_cast<float>(moments.squares / moments.number);
  four[2] = moments.low;
  four[3] = moments.high;
}

struct Work {
  const Job& job;
  const Backend& backend;
  int64_t block_outputs, block_time, blocks_of_time;

  static const Work& of(void* context) { return *static_cast<const Work*>(context); }

  static void measure(void* context, size_t channel) { of(context).backend.measure(of(context).job, channel); }

  static void quantize(void* context, size_t group) { of(context).backend.quantize(of(context).job, group); }

  static void convolve(void* context, size_t index) {
    const Work& work = of(context);
    const int64_t first_output = static_cast<int64_t>(index) / work.blocks_of_time * work.block_outputs;
    const int64_t first_time = static_cast<int64_t>(index) % work.blocks_of_time * work.block_time;
    work.backend.convolve(work.job, {first_output,
                                     std::min(first_output + work.block_outputs, work.job.convolution->outputs),
                                     first_time, std::min(first_time + work.block_time, work.job.output_time), first_time / work.block_time});
  }
};

}  // namespace

FusedConvolution::FusedConvolution(const Convolution& shape, const int8_t* weights, const float* scales,
                                   const Backend& backend)
    : shape_(shape), backend_(backend), scales_(scales, scales + shape.outputs), sums_(shape.outputs) {
  const int64_t each = shape.channels * shape.taps;
  for (int64_t output = 0; output < shape.outputs; output++)
    sums_[output] = std::accumulate(weights + output * each, weights + (output + 1) * each, int32_t{0});
  memory_.reset(new uint8_t[backend.packed_size(shape, weights) + line]);
  packed_ = aligned(memory_.get());
  backend.pack(shape, weights, packed_);
}

int64_t FusedConvolution::output_time(int64_t time) const {
  return time + 2 * shape_.padding - shape_.dilation * (shape_.taps - 1);
}

int64_t FusedConvolution::length(int64_t time) const { return output_time(time) * shape_.phases - 2 * shape_.crop; }

void FusedConvolution::run(const Tensors& tensors, Crew& crew) const {
  Job job{};
  job.convolution = &shape_;
  job.time = tensors.time;
  job.output_time = output_time(tensors.time);
  job.length = length(tensors.time);
  job.input = tensors.input;
  job.gain = tensors.gain;
  job.shift = tensors.shift;
  job.frequency = tensors.frequency;
  job.reciprocal = tensors.reciprocal;
  job.bias = tensors.bias;
  job.residual = tensors.residual;
  job.addend = tensors.addend;
  job.output = tensors.output;
  job.weights = packed_;
  job.weight_sums = sums_.data();
  job.weight_scales = scales_.data();

  job.groups = rounded_up(shape_.channels, backend_.channel_multiple) / 4;
  job.row = row_bytes(shape_, job.time, backend_.tile_time);
  job.bytes = scratch.at_least(job.groups * job.row);
  scratch.channels.resize(4 * shape_.channels);
  job.slope = scratch.channels.data();
  job.offset = job.slope + shape_.channels;
  job.lowest = job.offset + shape_.channels;
  job.highest = job.lowest + shape_.channels;
  scratch.moments.clear();
  for (int64_t channel = 0; tensors.moments && channel < shape_.channels; channel++)
    scratch.moments.push_back(read_moments(tensors.moments + 4 * channel, job.time));
  job.moments = tensors.moments ? scratch.moments.data() : nullptr;
  scratch.offsets.clear();
  for (int64_t tap = 0; tap < shape_.taps; tap++)
    for (int64_t group = 0; group < job.groups; group++)
      scratch.offsets.push_back(group * job.row + 4 * tap * shape_.dilation);
  job.offsets = scratch.offsets.data();

  Work work{job, backend_, 0, 0, 0};
  crew.run(shape_.channels, Work::measure, &work);
  choose_scale(job);
  crew.run(job.groups, Work::quantize, &work);

  const int64_t fitting_outputs = near_memory / (shape_.channels * shape_.taps), fitting_time = near_memory / shape_.channels;
  work.block_outputs = rounded_up(std::max<int64_t>(fitting_outputs, 1), backend_.output_multiple);
  work.block_time = rounded_up(std::max<int64_t>(fitting_time, 1), backend_.tile_time);
  work.blocks_of_time = rounded_up(job.output_time, work.block_time) / work.block_time;
  const int64_t blocks_of_outputs = rounded_up(shape_.outputs, work.block_outputs) / work.block_outputs;
  scratch.pieces.assign(work.blocks_of_time * shape_.outputs, Moments{});
  job.pieces = scratch.pieces.data();
  crew.run(work.blocks_of_time * blocks_of_outputs, Work::convolve, &work);
  for (int64_t output = 0; output < shape_.outputs; output++) {
    Moments all{};
    for (int64_t piece = 0; piece < work.blocks_of_time; piece++) add(all, job.pieces[piece * shape_.outputs + output]);
    write_moments(all, tensors.output_moments + 4 * output);
  }
}

}  // namespace bulletin
