// AMX's tile registers in plain C++, so that its backend is tested on processors without them. Included before
// anything else; what the compiler's own header defines is replaced.
#pragma once

#include <immintrin.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace emulated {

constexpr int rows = 16, row_bytes = 64;
static thread_local uint8_t tiles[8][rows][row_bytes];
static thread_local bool configured = false;

// The 64 bytes of Intel's manual: palette, start row, 14 reserved, 16 row lengths (16 bits), 16 numbers of rows.
inline void configure(const void* address) {
  uint8_t bytes[64];
  std::memcpy(bytes, address, sizeof bytes);
  bool right = bytes[0] == 1 && bytes[1] == 0;
  for (int tile = 0; tile < 8; tile++)
    right = right && bytes[16 + 2 * tile] == row_bytes && bytes[17 + 2 * tile] == 0 && bytes[48 + tile] == rows;
  if (!right) std::abort();
  configured = true;
}

inline void release() { configured = false; }

inline void need_configuration() {
  if (!configured) std::abort();
}

inline void zero(int tile) {
  need_configuration();
  std::memset(tiles[tile], 0, sizeof tiles[tile]);
}

inline void load(int tile, const void* from, int64_t stride) {
  need_configuration();
  for (int row = 0; row < rows; row++)
    std::memcpy(tiles[tile][row], static_cast<const uint8_t*>(from) + row * stride, row_bytes);
}

inline void store(int tile, void* to, int64_t stride) {
  need_configuration();
  for (int row = 0; row < rows; row++)
    std::memcpy(static_cast<uint8_t*>(to) + row * stride, tiles[tile][row], row_bytes);
}

// Signed bytes of the first times unsigned bytes of the second, four at a time, added to 32-bit sums.
inline void multiply(int sums, int first, int second) {
  need_configuration();
  for (int row = 0; row < rows; row++)
    for (int column = 0; column < 16; column++) {
      int32_t sum;
      std::memcpy(&sum, &tiles[sums][row][4 * column], sizeof sum);
      for (int four = 0; four < 16; four++)
        for (int each = 0; each < 4; each++)
          sum += static_cast<int8_t>(tiles[first][row][4 * four + each]) * tiles[second][four][4 * column + each];
      std::memcpy(&tiles[sums][row][4 * column], &sum, sizeof sum);
    }
}

}  // namespace emulated

#undef _tile_loadconfig
#undef _tile_release
#undef _tile_zero
#undef _tile_loadd
#undef _tile_stored
#undef _tile_dpbsud
#define _tile_loadconfig emulated::configure
#define _tile_release emulated::release
#define _tile_zero emulated::zero
#define _tile_loadd emulated::load
#define _tile_stored emulated::store
#define _tile_dpbsud emulated::multiply
