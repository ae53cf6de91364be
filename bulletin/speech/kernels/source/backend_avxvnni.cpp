#include "convolve_dot.h"
#include "lanes_avx2.h"
#include "measure.h"
#include "quantize.h"

namespace bulletin {

using Tile = DotTile<Lanes, 4, 3>;

extern const Backend avx_vnni;
const Backend avx_vnni = {
    "avx-vnni", 4, 4, Tile::time, Lanes::byte_shift, Tile::packed_size, Tile::pack, measure<Lanes>, quantize<Lanes>,
    Tile::convolve};

}  // namespace bulletin
