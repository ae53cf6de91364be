#include "convolve_dot.h"
#include "lanes_neon.h"
#include "measure.h"
#include "quantize.h"

namespace bulletin {

using Tile = DotTile<Lanes, 8, 3>;

extern const Backend neon_dot;
const Backend neon_dot = {
    "neon-dot", 4, 8, Tile::time, Lanes::byte_shift, Tile::packed_size, Tile::pack, measure<Lanes>, quantize<Lanes>,
    Tile::convolve};

}  // namespace bulletin
