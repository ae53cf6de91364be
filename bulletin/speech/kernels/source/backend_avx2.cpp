#include "convolve_pairs.h"
#include "lanes_avx2.h"
#include "measure.h"
#include "quantize.h"

namespace bulletin {

using Tile = PairTile<Lanes>;

extern const Backend avx2;
const Backend avx2 = {
    "avx2", 4, 4, Tile::time, Lanes::byte_shift, Tile::packed_size, Tile::pack, measure<Lanes>, quantize<Lanes>,
    Tile::convolve};

}  // namespace bulletin
