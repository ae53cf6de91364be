// The fused convolution as an operator of ONNX Runtime.
#pragma once

#include "job.h"
#include "onnxruntime_c_api.h"

namespace bulletin {

constexpr uint32_t api_version = 20;  // what this code needs of ONNX Runtime; newer ones offer it too
constexpr const char* domain_name = "bulletin";
constexpr const char* operator_name = "FusedConvolution";

// The description that ONNX Runtime keeps a pointer to; its kernels run on that backend.
const OrtCustomOp* fused_operator(const OrtApi& api, const Backend& backend);

}  // namespace bulletin
