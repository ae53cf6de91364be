// Four lanes: NEON with the dot product of ARMv8.2 (Cortex-A76, Apple M1, Graviton 2 and later).
//
// That instruction multiplies signed bytes only, so the bytes are stored less 128 and the sums are put right
// with the weights' sums, as for the zero point.
#pragma once

#include <arm_neon.h>

#include <cstdint>
#include <cstring>

namespace {

struct Lanes {
  static constexpr int count = 4;
  static constexpr int32_t byte_shift = 128;
  using Floats = float32x4_t;
  using Integers = int32x4_t;

  static Floats all(float value) { return vdupq_n_f32(value); }
  static Floats load(const float* from) { return vld1q_f32(from); }
  static void store(float* to, Floats value) { vst1q_f32(to, value); }
  static Floats add(Floats a, Floats b) { return vaddq_f32(a, b); }
  static Floats subtract(Floats a, Floats b) { return vsubq_f32(a, b); }
  static Floats multiply(Floats a, Floats b) { return vmulq_f32(a, b); }
  static Floats multiply_add(Floats a, Floats b, Floats c) { return vfmaq_f32(c, a, b); }
  static Floats subtract_product(Floats c, Floats a, Floats b) { return vfmsq_f32(c, a, b); }
  static Floats minimum(Floats a, Floats b) { return vminq_f32(a, b); }
  static Floats maximum(Floats a, Floats b) { return vmaxq_f32(a, b); }
  static Floats rounded(Floats a) { return vrndnq_f32(a); }

  static Integers all(int32_t value) { return vdupq_n_s32(value); }
  static Integers load(const void* from) {
    return vreinterpretq_s32_u8(vld1q_u8(static_cast<const uint8_t*>(from)));
  }
  static void store(void* to, Integers value) { vst1q_u8(static_cast<uint8_t*>(to), vreinterpretq_u8_s32(value)); }
  static Integers add(Integers a, Integers b) { return vaddq_s32(a, b); }
  static Integers subtract(Integers a, Integers b) { return vsubq_s32(a, b); }
  static Integers clamped(Integers a, Integers low, Integers high) { return vminq_s32(vmaxq_s32(a, low), high); }
  static Integers either(Integers a, Integers b) { return vorrq_s32(a, b); }
  template <int Bits>
  static Integers shifted(Integers a) { return vshlq_n_s32(a, Bits); }
  static Integers less_128(Integers bytes) {
    return vreinterpretq_s32_u8(veorq_u8(vreinterpretq_u8_s32(bytes), vdupq_n_u8(128)));
  }
  static Integers nearest(Floats a) { return vcvtnq_s32_f32(a); }
  static Floats floats(Integers a) { return vcvtq_f32_s32(a); }

  static Integers four(const int8_t* weights) {
    int32_t together;
    std::memcpy(&together, weights, sizeof together);
    return vdupq_n_s32(together);
  }
  static Integers dot(Integers sum, Integers bytes, Integers weights) {
    return vdotq_s32(sum, vreinterpretq_s8_s32(bytes), vreinterpretq_s8_s32(weights));
  }
};

}  // namespace
