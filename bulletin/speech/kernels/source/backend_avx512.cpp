#include "convolve_dot.h"
#include "lanes_avx512.h"
#include "measure.h"
#include "quantize.h"

namespace bulletin {

using Tile = DotTile<Lanes, 8, 3>;

extern const Backend avx512_vnni;
const Backend avx512_vnni = {
    "avx512-vnni", 4, 8, Tile::time, Lanes::byte_shift, Tile::packed_size, Tile::pack, measure<Lanes>, quantize<Lanes>,
    Tile::convolve};

}  // namespace bulletin
