// The only file that knows all backends. It is compiled for the oldest processor of its family: what it finds
// out decides whether code of the other files may run at all.
#include "processor.h"

#include <cstring>

#if defined(__x86_64__) && defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif
#if defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace bulletin {

namespace {

struct Candidate {
  const Backend* backend;
  bool (*runs_here)();
};

}  // namespace

#if defined(__x86_64__)

extern const Backend amx, avx512_vnni, avx_vnni, avx2;

namespace {

bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

bool has_avx_vnni() { return has_avx2() && __builtin_cpu_supports("avxvnni"); }

bool has_avx512_vnni() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("fma");
}

// Linux hands out the tile registers only to a process that asks for them.
bool has_amx() {
#if defined(__linux__)
  constexpr long request_permission = 0x1023, tile_data = 18;
  return has_avx512_vnni() && __builtin_cpu_supports("amx-tile") && __builtin_cpu_supports("amx-int8") &&
         syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
#else
  return false;
#endif
}

const Candidate candidates[] = {{&amx, has_amx}, {&avx512_vnni, has_avx512_vnni}, {&avx_vnni, has_avx_vnni}, {&avx2, has_avx2}};

}  // namespace

#elif defined(__aarch64__)

extern const Backend neon_dot;

namespace {

bool has_dot() {
#if defined(__linux__)
  return getauxval(AT_HWCAP) & HWCAP_ASIMDDP;
#else
  return true;  // every ARM processor of Apple that runs macOS
#endif
}

const Candidate candidates[] = {{&neon_dot, has_dot}};

}  // namespace

#else
#error "no backend for this processor"
#endif

const Backend* backend(const char* name) {
  for (const Candidate& candidate : candidates)
    if ((!name || std::strcmp(name, candidate.backend->name) == 0) && candidate.runs_here()) return candidate.backend;
  return nullptr;
}

}  // namespace bulletin
