// What the library shows to the outside: two functions for Python, and the one that ONNX Runtime looks for.
#include "onnxruntime_c_api.h"
#include "operator.h"
#include "processor.h"

#if defined(_WIN32)
#define SHOWN extern "C" __declspec(dllexport)
#else
#define SHOWN extern "C" __attribute__((visibility("default")))
#endif

namespace {

const bulletin::Backend* chosen = nullptr;

}  // namespace

// The name of the backend that sessions made from now on use: the one asked for, or the best one where
// `name` is null. Null where this processor has none.
SHOWN const char* bulletin_kernels_choose(const char* name) {
  chosen = bulletin::backend(name);
  return chosen ? chosen->name : nullptr;
}

SHOWN OrtStatus* ORT_API_CALL RegisterCustomOps(OrtSessionOptions* options, const OrtApiBase* base) {
  const OrtApi* api = base->GetApi(bulletin::api_version);
  if (!api) {  // too old for this code: its own first version can still say so
    const OrtApi* oldest = base->GetApi(1);
    return oldest->CreateStatus(ORT_FAIL, "this version of ONNX Runtime is too old for bulletin's kernels");
  }
  if (!chosen) chosen = bulletin::backend();
  if (!chosen) return api->CreateStatus(ORT_FAIL, "bulletin's kernels don't run on this processor");
  static OrtCustomOpDomain* domain = nullptr;  // lives as long as the library: sessions refer to it
  const OrtCustomOp* fused = bulletin::fused_operator(*api, *chosen);
  if (!domain) {
    if (OrtStatus* status = api->CreateCustomOpDomain(bulletin::domain_name, &domain)) return status;
    if (OrtStatus* status = api->CustomOpDomain_Add(domain, fused)) return status;
  }
  return api->AddCustomOpDomain(options, domain);
}
