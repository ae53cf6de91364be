// Runs one case of the operator without ONNX Runtime: for sanitizers, emulators and profilers.
//
//   exercise BACKEND [REPETITIONS] < case > output
//
// The case, in the machine's own byte order: ten int64 (channels, outputs, taps, dilation, padding, phases, crop,
// activation, time, and bits for which of bias, gain, shift, frequency, reciprocal, residual, addend, moments are
// there), two floats (leak, epsilon), then input, weights (int8), scales and the optional arrays. With REPETITIONS, prints the shortest
// time of the processor, in seconds, instead.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "fused.h"
#include "processor.h"

#ifdef ONLY  // this backend, whatever the processor
namespace bulletin {
extern const Backend ONLY;
const Backend* backend(const char*) { return &ONLY; }
}  // namespace bulletin
#endif

namespace {

struct OneThread : bulletin::Crew {
  void run(int64_t number, void (*work)(void*, size_t), void* context) override {
    for (int64_t index = 0; index < number; index++) work(context, index);
  }
};

template <class Element>
std::vector<Element> take(size_t number) {
  std::vector<Element> taken(number);
  if (std::fread(taken.data(), sizeof(Element), number, stdin) != number) {
    std::fprintf(stderr, "the case is too short\n");
    std::exit(2);
  }
  return taken;
}

}  // namespace

int main(int number, char** words) {
  const bulletin::Backend* backend = number > 1 ? bulletin::backend(words[1]) : nullptr;
  if (!backend) {
    std::fprintf(stderr, "no such backend here\n");
    return 3;
  }
  const std::vector<int64_t> sizes = take<int64_t>(10);
  const std::vector<float> numbers = take<float>(2);
  const int64_t channels = sizes[0], outputs = sizes[1], taps = sizes[2], time = sizes[8];
  const bulletin::Convolution shape{channels, outputs, taps, sizes[3], sizes[4], sizes[5], sizes[6],
                                    static_cast<bulletin::Activation>(sizes[7]), numbers[0], numbers[1]};
  const std::vector<float> input = take<float>(channels * time);
  const std::vector<int8_t> weights = take<int8_t>(outputs * channels * taps);
  const std::vector<float> scales = take<float>(outputs);
  const bulletin::FusedConvolution convolution(shape, weights.data(), scales.data(), *backend);
  const int64_t length = convolution.length(time);
  std::vector<float> output(outputs / sizes[5] * length), optional[8], moments(4 * outputs);
  const int64_t optional_sizes[8] = {outputs,  channels,         channels,         channels,
                                     channels, outputs * length, outputs * length, channels * 4};
  const float* given[8] = {};
  for (int each = 0; each < 8; each++)
    if (sizes[9] >> each & 1) {
      optional[each] = take<float>(optional_sizes[each]);
      given[each] = optional[each].data();
    }
  const bulletin::Tensors tensors{input.data(), given[1], given[2], given[3], given[4], given[0],
                                  given[5],     given[6], given[7], output.data(), moments.data(), time};
  OneThread crew;
  double best = 1e9;
  const int repetitions = number > 2 ? std::atoi(words[2]) : 1;
  for (int each = 0; each < repetitions; each++) {
    const std::clock_t start = std::clock();
    convolution.run(tensors, crew);
    const double passed = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    best = passed < best ? passed : best;
  }
  if (number > 2)
    std::printf("%.6f\n", best);
  else
    std::fwrite(output.data(), sizeof(float), output.size(), stdout);
}
