#include "operator.h"

#include <new>
#include <stdexcept>
#include <string>

#include "fused.h"

namespace bulletin {

namespace {

// In the order of the operator's inputs. From `bias` on they may be missing.
enum Input : size_t {
  input, weights, scales, bias, gain, shift, frequency, reciprocal, residual, addend, moments, number_of_inputs
};

struct Operator : OrtCustomOp {
  const OrtApi* ort;
  const Backend* backend;
};

// Turns the C interface's status objects into exceptions, which `guarded` turns back.
class Api {
 public:
  explicit Api(const OrtApi& api) : api_(api) {}

  void check(OrtStatus* status) const {
    if (!status) return;
    const std::string message = api_.GetErrorMessage(status);
    api_.ReleaseStatus(status);
    throw std::runtime_error(message);
  }

  const OrtApi* operator->() const { return &api_; }

  int64_t whole_number(const OrtKernelInfo* info, const char* name) const {
    int64_t value = 0;
    check(api_.KernelInfoGetAttribute_int64(info, name, &value));
    return value;
  }

  float number(const OrtKernelInfo* info, const char* name) const {
    float value = 0;
    check(api_.KernelInfoGetAttribute_float(info, name, &value));
    return value;
  }

  std::vector<int64_t> shape(const OrtValue* value) const {
    OrtTensorTypeAndShapeInfo* info = nullptr;
    check(api_.GetTensorTypeAndShape(value, &info));
    size_t rank = 0;
    OrtStatus* status = api_.GetDimensionsCount(info, &rank);
    std::vector<int64_t> sizes(rank);
    if (!status) status = api_.GetDimensions(info, sizes.data(), rank);
    api_.ReleaseTensorTypeAndShapeInfo(info);
    check(status);
    return sizes;
  }

  template <class Element>
  const Element* data(const OrtValue* value) const {
    void* address = nullptr;
    check(api_.GetTensorMutableData(const_cast<OrtValue*>(value), &address));
    return static_cast<const Element*>(address);
  }

 private:
  const OrtApi& api_;
};

template <class Action>
OrtStatus* guarded(const OrtApi& api, Action action) {
  try {
    action();
    return nullptr;
  } catch (const std::exception& problem) {
    return api.CreateStatus(ORT_FAIL, problem.what());
  }
}

void require(bool condition, const char* what) {
  if (!condition) throw std::invalid_argument(std::string(operator_name) + ": " + what);
}

// ONNX Runtime's own threads.
class Threads : public Crew {
 public:
  Threads(const Api& api, const OrtKernelContext* context) : api_(api), context_(context) {}

  void run(int64_t number, void (*work)(void*, size_t), void* context) override {
    api_.check(api_->KernelContext_ParallelFor(context_, work, number, 0, context));
  }

 private:
  const Api& api_;
  const OrtKernelContext* context_;
};

int64_t product(const std::vector<int64_t>& sizes) {
  int64_t total = 1;
  for (int64_t size : sizes) total *= size;
  return total;
}

class Kernel {
 public:
  Kernel(const Operator& made_by, const OrtKernelInfo* info)
      : ort_(*made_by.ort), api_(ort_), shape_(read_shape(info)), convolution_(shape_, constant<int8_t>(info, weights),
                                                                     constant<float>(info, scales), *made_by.backend) {}

  OrtStatus* compute(OrtKernelContext* context) const {
    return guarded(ort_, [&] { run(context); });
  }

 private:
  void run(OrtKernelContext* context) const {
    const OrtValue* given[number_of_inputs] = {};
    size_t number = 0;
    api_.check(api_->KernelContext_GetInputCount(context, &number));
    for (size_t index = 0; index < number && index < number_of_inputs; index++)
      api_.check(api_->KernelContext_GetInput(context, index, &given[index]));
    const std::vector<int64_t> sizes = api_.shape(given[input]);
    require(sizes.size() == 3 && sizes[0] == 1 && sizes[1] == shape_.channels, "the input must be [1, channels, time]");
    const int64_t output_sizes[3] = {1, shape_.outputs / shape_.phases, convolution_.length(sizes[2])};
    require(output_sizes[2] > 0, "the input is too short");

    Tensors tensors{};
    tensors.time = sizes[2];
    tensors.input = api_.data<float>(given[input]);
    tensors.bias = optional(given[bias], shape_.outputs);
    tensors.gain = optional(given[gain], shape_.channels);
    tensors.shift = optional(given[shift], shape_.channels);
    tensors.frequency = optional(given[frequency], shape_.channels);
    tensors.reciprocal = optional(given[reciprocal], shape_.channels);
    tensors.residual = optional(given[residual], shape_.outputs * output_sizes[2]);
    tensors.addend = optional(given[addend], shape_.outputs * output_sizes[2]);
    tensors.moments = optional(given[moments], shape_.channels * 4);
    require(!tensors.gain == !tensors.shift, "gain and shift belong together");
    require(shape_.phases == 1 || (!tensors.residual && !tensors.addend), "an upsampling takes no residual");
    const bool snake = shape_.activation == Activation::snake;
    require(snake == (tensors.frequency != nullptr) && snake == (tensors.reciprocal != nullptr), "snake has two inputs");

    const int64_t moments_sizes[2] = {shape_.outputs, 4};
    tensors.output = output(context, 0, output_sizes, 3);
    tensors.output_moments = output(context, 1, moments_sizes, 2);
    Threads threads(api_, context);
    convolution_.run(tensors, threads);
  }

  float* output(OrtKernelContext* context, size_t index, const int64_t* sizes, size_t rank) const {
    OrtValue* result = nullptr;
    api_.check(api_->KernelContext_GetOutput(context, index, sizes, rank, &result));
    return const_cast<float*>(api_.data<float>(result));
  }

  const OrtValue* constant_value(const OrtKernelInfo* info, size_t index) const {
    int is_constant = 0;
    const OrtValue* value = nullptr;
    api_.check(api_->KernelInfoGetConstantInput_tensor(info, index, &is_constant, &value));
    require(is_constant, "weights and scales must be constant");
    return value;
  }

  template <class Element>
  const Element* constant(const OrtKernelInfo* info, size_t index) const {
    return api_.data<Element>(constant_value(info, index));
  }

  Convolution read_shape(const OrtKernelInfo* info) const {
    const std::vector<int64_t> sizes = api_.shape(constant_value(info, weights));
    require(sizes.size() == 3 && product(sizes) > 0, "the weights must be [outputs, channels, taps]");
    require(product(api_.shape(constant_value(info, scales))) == sizes[0], "there must be one scale for each output");
    const Convolution shape{sizes[1], sizes[0], sizes[2], api_.whole_number(info, "dilation"),
                            api_.whole_number(info, "padding"), api_.whole_number(info, "phases"),
                            api_.whole_number(info, "crop"),
                            static_cast<Activation>(api_.whole_number(info, "activation")), api_.number(info, "leak"),
                            api_.number(info, "epsilon")};
    require(shape.dilation > 0 && shape.padding >= 0, "dilation and padding must not be negative");
    require(shape.phases > 0 && shape.outputs % shape.phases == 0, "there must be as many outputs for each phase");
    require(shape.crop >= 0, "crop must not be negative");
    require(shape.activation >= Activation::none && shape.activation <= Activation::snake, "unknown activation");
    require(shape.leak >= 0 && shape.leak <= 1, "leak must lie between 0 and 1");
    return shape;
  }

  const float* optional(const OrtValue* value, int64_t size) const {
    if (!value) return nullptr;
    require(product(api_.shape(value)) == size, "an input has the wrong size");
    return api_.data<float>(value);
  }

  const OrtApi& ort_;
  const Api api_;
  const Convolution shape_;
  const FusedConvolution convolution_;
};

Operator described(const OrtApi& api) {
  Operator made{};
  made.ort = &api;
  made.version = api_version;
  made.GetName = [](const OrtCustomOp*) { return operator_name; };
  made.GetExecutionProviderType = [](const OrtCustomOp*) -> const char* { return nullptr; };
  made.GetInputTypeCount = [](const OrtCustomOp*) -> size_t { return number_of_inputs; };
  made.GetInputType = [](const OrtCustomOp*, size_t index) {
    return index == weights ? ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 : ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT;
  };
  made.GetInputCharacteristic = [](const OrtCustomOp*, size_t index) {
    return index >= bias ? INPUT_OUTPUT_OPTIONAL : INPUT_OUTPUT_REQUIRED;
  };
  made.GetInputMemoryType = [](const OrtCustomOp*, size_t) { return OrtMemTypeDefault; };
  made.GetOutputTypeCount = [](const OrtCustomOp*) -> size_t { return 2; };  // the result and its moments
  made.GetOutputType = [](const OrtCustomOp*, size_t) { return ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT; };
  made.GetOutputCharacteristic = [](const OrtCustomOp*, size_t) { return INPUT_OUTPUT_REQUIRED; };
  made.CreateKernelV2 = [](const OrtCustomOp* op, const OrtApi*, const OrtKernelInfo* info, void** kernel) {
    const Operator& made_by = *static_cast<const Operator*>(op);
    return guarded(*made_by.ort, [&] { *kernel = new Kernel(made_by, info); });
  };
  made.KernelComputeV2 = [](void* kernel, OrtKernelContext* context) {
    return static_cast<const Kernel*>(kernel)->compute(context);
  };
  made.KernelDestroy = [](void* kernel) { delete static_cast<Kernel*>(kernel); };
  return made;
}

}  // namespace

const OrtCustomOp* fused_operator(const OrtApi& api, const Backend& backend) {
  static Operator made = described(api);
  made.backend = &backend;
  return &made;
}

}  // namespace bulletin
