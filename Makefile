# make bulletin [ARTICLE=path] [OUT=path]   an article becomes an MP3
# make test                                 the tests and the quality gates
# make test-coqui                           the Coqui voices against the real library (installs it: 2 to 6 GB)
# make benchmark                            how fast the network runs, against kokoro-onnx, and an article as a whole
PYTHON ?= python3
VENV := .venv
COQUI_VENV := .venv-coqui
ARTICLE ?= bulletin/examples/article.txt
OUT ?=

.PHONY: benchmark bulletin test test-coqui clean

bulletin: $(VENV)/installed
	$(VENV)/bin/bulletin make "$(ARTICLE)" --force $(if $(OUT),--output "$(OUT)")

test: $(VENV)/installed-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest

$(VENV)/installed: pyproject.toml setup.py $(wildcard bulletin/speech/kernels/source/*)
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(VENV)/bin/pip install --quiet --editable ".[dev]"
	touch $@

test-coqui: $(COQUI_VENV)/installed
	BULLETIN_TEST_COQUI=1 $(COQUI_VENV)/bin/python -m pytest tests/speech/coqui bulletin/speech/coqui

$(COQUI_VENV)/installed: pyproject.toml setup.py
	$(PYTHON) -m venv $(COQUI_VENV)
	$(COQUI_VENV)/bin/pip install --quiet --editable ".[coqui,dev]"
	touch $@

benchmark: $(VENV)/installed .venv-kokoro-onnx/installed
	$(VENV)/bin/python tests/benchmarks/kernels.py 5 .venv-kokoro-onnx/bin/python
	$(VENV)/bin/python tests/benchmarks/article.py "$(ARTICLE)" 3

.venv-kokoro-onnx/installed:
	$(PYTHON) -m venv .venv-kokoro-onnx
	.venv-kokoro-onnx/bin/pip install --quiet kokoro-onnx==0.6.1
	touch $@

clean:
	rm -rf $(VENV) $(COQUI_VENV) build ./*.egg-info
