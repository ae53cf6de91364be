// Which processor this is.
#pragma once

#include "job.h"

namespace bulletin {

// The best backend that runs here; or the one of that name, if it runs here; or null.
const Backend* backend(const char* name = nullptr);

}  // namespace bulletin
