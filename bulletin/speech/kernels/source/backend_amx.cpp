#include "convolve_amx.h"
#include "lanes_avx512.h"
#include "measure.h"
#include "quantize.h"

namespace bulletin {

using Tile = MatrixTile<Lanes>;

extern const Backend amx;
const Backend amx = {
    "amx", 64, 32, Tile::time, Lanes::byte_shift, Tile::packed_size, Tile::pack, measure<Lanes>, quantize<Lanes>,
    Tile::convolve};

}  // namespace bulletin
