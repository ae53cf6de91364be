// Sixteen lanes: AVX-512 with its integer dot product (Ice Lake, Zen 4 and later).
#pragma once

#include <immintrin.h>

#include <cstdint>
#include <cstring>

namespace {

struct Lanes {
  static constexpr int count = 16;
  static constexpr int32_t byte_shift = 0;
  using Floats = __m512;
  using Integers = __m512i;

  static Floats all(float value) { return _mm512_set1_ps(value); }
  static Floats load(const float* from) { return _mm512_loadu_ps(from); }
  static void store(float* to, Floats value) { _mm512_storeu_ps(to, value); }
  static Floats add(Floats a, Floats b) { return _mm512_add_ps(a, b); }
  static Floats subtract(Floats a, Floats b) { return _mm512_sub_ps(a, b); }
  static Floats multiply(Floats a, Floats b) { return _mm512_mul_ps(a, b); }
  static Floats multiply_add(Floats a, Floats b, Floats c) { return _mm512_fmadd_ps(a, b, c); }
  static Floats subtract_product(Floats c, Floats a, Floats b) { return _mm512_fnmadd_ps(a, b, c); }
  static Floats minimum(Floats a, Floats b) { return _mm512_min_ps(a, b); }
  static Floats maximum(Floats a, Floats b) { return _mm512_max_ps(a, b); }
  static Floats rounded(Floats a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }

  static Integers all(int32_t value) { return _mm512_set1_epi32(value); }
  static Integers load(const void* from) { return _mm512_loadu_si512(from); }
  static void store(void* to, Integers value) { _mm512_storeu_si512(to, value); }
  static Integers add(Integers a, Integers b) { return _mm512_add_epi32(a, b); }
  static Integers subtract(Integers a, Integers b) { return _mm512_sub_epi32(a, b); }
  static Integers clamped(Integers a, Integers low, Integers high) {
    return _mm512_min_epi32(_mm512_max_epi32(a, low), high);
  }
  static Integers either(Integers a, Integers b) { return _mm512_or_si512(a, b); }
  template <int Bits>
  static Integers shifted(Integers a) { return _mm512_slli_epi32(a, Bits); }
  static Integers nearest(Floats a) { return _mm512_cvtps_epi32(a); }
  static Floats floats(Integers a) { return _mm512_cvtepi32_ps(a); }

  // Four weights in every lane.
  static Integers four(const int8_t* weights) {
    int32_t together;
    std::memcpy(&together, weights, sizeof together);
    return _mm512_set1_epi32(together);
  }
  // To each lane, the sum of its four products of an unsigned byte and a weight.
  static Integers dot(Integers sum, Integers bytes, Integers weights) { return _mm512_dpbusd_epi32(sum, bytes, weights); }
};

}  // namespace
