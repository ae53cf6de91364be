# make bulletin [ARTICLE=path] [OUT=path]   an article becomes an MP3
# make test                                 the tests and the quality gates
PYTHON ?= python3
VENV := .venv
ARTICLE ?= bulletin/examples/article.txt
OUT ?=

.PHONY: bulletin test check install clean

bulletin: $(VENV)/installed
	$(VENV)/bin/bulletin make "$(ARTICLE)" $(if $(OUT),--output "$(OUT)")

test: $(VENV)/installed-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest

$(VENV)/installed: pyproject.toml setup.py
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(VENV)/bin/pip install --quiet --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) build ./*.egg-info
