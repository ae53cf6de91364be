// Eight lanes: AVX2, and with it the dot product of AVX-VNNI where the file is compiled for that.
#pragma once

#include <immintrin.h>

#include <cstdint>
#include <cstring>

namespace {

struct Lanes {
  static constexpr int count = 8;
  static constexpr int32_t byte_shift = 0;
  using Floats = __m256;
  using Integers = __m256i;

  static Floats all(float value) { return _mm256_set1_ps(value); }
  static Floats load(const float* from) { return _mm256_loadu_ps(from); }
  static void store(float* to, Floats value) { _mm256_storeu_ps(to, value); }
  static Floats add(Floats a, Floats b) { return _mm256_add_ps(a, b); }
  static Floats subtract(Floats a, Floats b) { return _mm256_sub_ps(a, b); }
  static Floats multiply(Floats a, Floats b) { return _mm256_mul_ps(a, b); }
  static Floats multiply_add(Floats a, Floats b, Floats c) { return _mm256_fmadd_ps(a, b, c); }
  static Floats subtract_product(Floats c, Floats a, Floats b) { return _mm256_fnmadd_ps(a, b, c); }
  static Floats minimum(Floats a, Floats b) { return _mm256_min_ps(a, b); }
  static Floats maximum(Floats a, Floats b) { return _mm256_max_ps(a, b); }
  static Floats rounded(Floats a) { return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }

  static Integers all(int32_t value) { return _mm256_set1_epi32(value); }
  static Integers load(const void* from) { return _mm256_loadu_si256(static_cast<const __m256i*>(from)); }
  static void store(void* to, Integers value) { _mm256_storeu_si256(static_cast<__m256i*>(to), value); }
  static Integers add(Integers a, Integers b) { return _mm256_add_epi32(a, b); }
  static Integers subtract(Integers a, Integers b) { return _mm256_sub_epi32(a, b); }
  static Integers clamped(Integers a, Integers low, Integers high) {
    return _mm256_min_epi32(_mm256_max_epi32(a, low), high);
  }
  static Integers either(Integers a, Integers b) { return _mm256_or_si256(a, b); }
  template <int Bits>
  static Integers shifted(Integers a) { return _mm256_slli_epi32(a, Bits); }
  static Integers nearest(Floats a) { return _mm256_cvtps_epi32(a); }
  static Floats floats(Integers a) { return _mm256_cvtepi32_ps(a); }

  static Integers four(const int8_t* weights) {
    int32_t together;
    std::memcpy(&together, weights, sizeof together);
    return _mm256_set1_epi32(together);
  }
#ifdef __AVXVNNI__
  static Integers dot(Integers sum, Integers bytes, Integers weights) {
    return _mm256_dpbusd_avx_epi32(sum, bytes, weights);
  }
#endif
};

}  // namespace
