# Plumbline: one command per reproduction. `make` alone lists them.

.DEFAULT_GOAL := help
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

# Variables of the caller; only those that are set are passed on.
#
#:PROFILE=smoke|quick|cifar|paper  scale of the reproduction (default: quick)
#:TABLE=echoalign-figure3          list, forecast, check: this item alone
#:SEEDS=3                          seeds per cell, or a list such as 2,5,9
#:METHODS=ce,echoalign-a           only these methods
#:NOISE=symmetric-50,instance-50   only these noise settings
#:DEVICE=cpu|cuda:0                where to train
#:PRECISION=float32|bfloat16       number format (default: float32)
#:JOBS=2                           worker processes (default: one per core, or what make bench-workers found)
#:MEMORY_LIMIT=12G                 fewer workers where they take more together (default: 9/10 of the machine)
#:LAUNCHER=slurm                   hand the runs to Slurm as job arrays (default: local)
#:PRINT=1                          with LAUNCHER=slurm: write and print the scripts, hand nothing over
#:WAIT=1                           with LAUNCHER=slurm: end when the report is written
#:PARTITION= ACCOUNT= TIME= MEMORY= GPUS= LIMIT=   what a Slurm task asks for; LIMIT: tasks at a time
#:SBATCH=--constraint=a100         with LAUNCHER=slurm: another option of sbatch
#:STORE=runs                       folder of the finished and resumable runs
#:REPORTS=reports                  folder that reports are written to
#:DATA_DIR=/path                   read the data from here (data: put them here)
#:UNVERIFIED_DATA=1                take data files that are not the official ones; reports say so
#:ECHO_DIR=/path                   modified images made elsewhere (docs/modified-images.md)
#:DATASETS=cifar-10,cifar-n        data: fetch only these
#:MIRROR=https://host/path         data: try this place first
#:OFFLINE=/folder                  data: copy from here, touch no network
#:BUDGET=30m                       next: what may be spent (90s, 30m, 1h30m)
#:PLAN=1                           next: only say what would be done
#:WATTS=12                         what a busy core, or a GPU, takes (default: measured, else assumed and said)
#:TRIALS=300                       test-faults: the number of trials
#:REPAIR=1                         verify: set damage aside
#:TORCH_HOME=/path/torch           build against this PyTorch 2.x instead of Debian's libtorch
#:PYTHON=/path/python              a Python with PyTorch, to compare with (bench only)
#:FILTER=TorchTests                only the tests that match (test only)

STORE_DIR := $(or $(STORE),runs)

# Swift may be installed but not on PATH.
SWIFT ?= $(or $(shell command -v swift),$(wildcard /opt/swift/usr/bin/swift),swift)
export SWIFT
ifdef TORCH_HOME
override TORCH_HOME := $(abspath $(TORCH_HOME))
export TORCH_HOME
endif
export DATA_DIR DATASETS MIRROR OFFLINE

# Build and test use the same flags, so that they share one build folder and neither rebuilds the
# other's work: tests need -enable-testing, and `swift test` must not add it a second time.
BUILD_FLAGS := -c release -Xswiftc -enable-testing
# One test at a time: some tests change how this process treats signals, and their neighbours' children inherit that.
TEST_FLAGS := $(BUILD_FLAGS) --disable-testable-imports --disable-xctest --skip-build --no-parallel
BIN := .build/release
# When and for which libtorch everything was last built: asking the package manager takes seconds.
BUILT := .build/built

# A terminal gets the progress of the compiler; a log gets errors and warnings only.
QUIET := $(shell [ -t 1 ] || echo --quiet)

RENDER_OPTIONS = $(strip \
  $(if $(PROFILE),--profile $(PROFILE)) $(if $(SEEDS),--seeds $(SEEDS)) \
  $(if $(METHODS),--methods $(METHODS)) $(if $(NOISE),--noise $(NOISE)) \
  $(if $(STORE),--store '$(STORE)') $(if $(REPORTS),--reports '$(REPORTS)') \
  $(if $(DATA_DIR),--data-dir '$(DATA_DIR)') $(if $(UNVERIFIED_DATA),--unverified-data) \
  $(if $(ECHO_DIR),--echo-dir '$(ECHO_DIR)') $(if $(PRECISION),--precision $(PRECISION)))
RUN_OPTIONS = $(strip $(RENDER_OPTIONS) \
  $(if $(DEVICE),--device $(DEVICE)) $(if $(JOBS),--jobs $(JOBS)) \
  $(if $(MEMORY_LIMIT),--memory-limit '$(MEMORY_LIMIT)'))

WATTS_OPTION = $(if $(WATTS),--watts $(WATTS))

# Only `run` starts work, here or on a cluster.
LAUNCH_OPTIONS = $(strip $(RUN_OPTIONS) $(if $(LAUNCHER),--launcher $(LAUNCHER)) \
  $(if $(PRINT),--print) $(if $(WAIT),--wait) \
  $(if $(PARTITION),--slurm-partition '$(PARTITION)') $(if $(ACCOUNT),--slurm-account '$(ACCOUNT)') \
  $(if $(TIME),--slurm-time '$(TIME)') $(if $(MEMORY),--slurm-memory '$(MEMORY)') \
  $(if $(GPUS),--slurm-gpus '$(GPUS)') $(if $(LIMIT),--slurm-limit '$(LIMIT)') \
  $(if $(SBATCH),--slurm-option '$(SBATCH)'))

.PHONY: help
help: ## list the targets and variables
	@awk '/^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z0-9-]+:.*## / { name = $$1; sub(/:.*/, "", name); text = $$0; sub(/.*## /, "", text); \
	    printf "  make %-14s %s\n", name, text }' $(firstword $(MAKEFILE_LIST))
	@printf '\nVariables\n'
	@sed -n 's/^#:/  /p' $(firstword $(MAKEFILE_LIST))

##@ Setup

.PHONY: deps
deps: ## install what is missing (Debian packages; says so first)
	@scripts/dependencies

.PHONY: data
data: ## fetch CIFAR-10, CIFAR-100 and CIFAR-N (DATASETS=, DATA_DIR=, MIRROR=, OFFLINE=)
	@scripts/fetch-data

.PHONY: build
build: deps ## build everything
	@now='$(SWIFT) $(TORCH_HOME)'; \
	if [ "$$(cat $(BUILT) 2>/dev/null)" = "$$now" ] && \
	  [ -z "$$(find Package.swift Sources reproductions Tests/FakeWorker Tests/TestSupport \
	    Tests/TorchTestSupport -newer $(BUILT) -print -quit)" ]; then exit 0; fi; \
	[ -d $(BIN) ] || echo 'Building; the first time takes some minutes.'; \
	mkdir -p .build && printf '%s' "$$now" > $(BUILT).begun && \
	$(SWIFT) build $(BUILD_FLAGS) $(QUIET) && mv $(BUILT).begun $(BUILT)

##@ Reproductions

# In the order of the paper; a later item finds the runs that it shares with an earlier one.
ACCURACY_TABLES := table1 table2 table3
OTHER_TABLES := table4 table5 table6 table7 table8
FIGURES := figure1 figure2 figure3 figure4 figure5 figure6 figure7 figure8
ITEMS := $(ACCURACY_TABLES) $(OTHER_TABLES) $(FIGURES) theorem31
REPRODUCTIONS := $(or $(TABLE),$(ITEMS:%=echoalign-%))

table1: ## EchoAlign, Table 1: train what is missing, then write the report
table2: ## EchoAlign, Table 2: labels by people (CIFAR-10N), or like theirs
table3: ## EchoAlign, Table 3: modification and selection, each alone
table4: ## EchoAlign, Table 4: samples kept at equal selection accuracy, beside BLTM
table5: ## EchoAlign, Table 5: the hyperparameters that this suite uses
table6: ## EchoAlign, Table 6: hours of generation by resolution and batch
table7: ## EchoAlign, Table 7: hours of generation by device
table8: ## EchoAlign, Table 8: examples of generation
figure1: ## EchoAlign, Figure 1: correcting labels and modifying images
figure2: ## EchoAlign, Figure 2: the causal graphs
figure3: ## EchoAlign, Figure 3: similarities of rightly and wrongly labelled samples
figure4: ## EchoAlign, Figure 4: the threshold
figure5: ## EchoAlign, Figure 5: mutual information and predicted probabilities
figure6: ## EchoAlign, Figure 6: training and test loss
figure7: ## EchoAlign, Figure 7: characteristic shift and representations
figure8: ## EchoAlign, Figure 8: the framework
theorem31: ## EchoAlign, Theorem 3.1: when its four statements hold

.PHONY: $(ITEMS)
$(ITEMS): deps build
	@$(BIN)/echoalign-$@ run $(LAUNCH_OPTIONS)

.PHONY: tables figures
tables: $(ACCURACY_TABLES) $(OTHER_TABLES) ## all tables
figures: $(FIGURES) ## all figures

.PHONY: claims
claims: deps build ## the ledger of all claims, from the reports that are there
	@$(BIN)/echoalign-claims $(if $(REPORTS),--reports '$(REPORTS)')

.PHONY: echoalign
echoalign: ## everything of EchoAlign: tables, figures, the theorem, and the ledger of claims
	@$(MAKE) tables figures theorem31 && $(MAKE) claims

.PHONY: smoke
smoke: override PROFILE := smoke
smoke: table1 ## Table 1 in seconds a cell, on every code path

.PHONY: list
list: build ## the cells of each item, cached or not, and a forecast (TABLE= for one)
	@set -e; for item in $(REPRODUCTIONS); do $(BIN)/$$item list $(RUN_OPTIONS) $(WATTS_OPTION); done

.PHONY: forecast
forecast: build ## cells, hours, energy, disk and download of each item (PROFILE=, or all; DEVICE=)
	@set -e; for item in $(REPRODUCTIONS); do \
	  $(BIN)/$$item forecast $(RUN_OPTIONS) $(WATTS_OPTION); done

.PHONY: forecast-check
forecast-check: build ## a forecast beside the time that a small selection then takes
	@$(BIN)/echoalign-table1 forecast --check --methods ce,gce,co-teaching \
	  --noise symmetric-50,pairflip-45 --seeds 2, $(if $(JOBS),--jobs $(JOBS)) $(WATTS_OPTION)

.PHONY: next
next: build ## run what settles most undecided claims for BUDGET=30m (PLAN=1 only says what)
	@$(BIN)/plumbline next --items '$(REPRODUCTIONS)' $(if $(BUDGET),--budget $(BUDGET)) \
	  $(if $(PLAN),--plan) $(RUN_OPTIONS) $(WATTS_OPTION)

.PHONY: check
check: build ## the verdict on each claim, from finished runs
	@set -e; for item in $(REPRODUCTIONS); do $(BIN)/$$item check $(RENDER_OPTIONS); done

.PHONY: reports
reports: build ## write all reports again from finished runs, training nothing
	@set -e; for item in $(REPRODUCTIONS); do $(BIN)/$$item render $(RENDER_OPTIONS); done

.PHONY: render
render: require-id build ## ID=echoalign-table1: write one report again, training nothing
	@$(BIN)/$(ID) render $(RENDER_OPTIONS)

.PHONY: cell
cell: require-id build ## ID=<short id from a report>: run one cell again
	@for item in $(REPRODUCTIONS); do \
	  if $(BIN)/$$item cell $(ID) --exists $(RENDER_OPTIONS); then \
	    exec $(BIN)/$$item cell $(ID) $(RUN_OPTIONS); \
	  fi; \
	done; echo "make cell: no run of any item begins with '$(ID)': take the id from a report made by this version" >&2; exit 64

.PHONY: require-id
require-id:
	@[ -n '$(ID)' ] || { echo 'make $(MAKECMDGOALS): ID= is missing (see make help)' >&2; exit 64; }

.PHONY: verify
verify: build ## compare everything in the store with its digests (STORE=, REPAIR=1)
	@$(BIN)/plumbline runs verify $(if $(STORE),--store '$(STORE)') $(if $(REPAIR),--repair)

.PHONY: doctor
doctor: build ## what this machine has and how fast it is; ends with an error when something is wrong
	@$(BIN)/plumbline doctor $(if $(DEVICE),--device $(DEVICE)) \
	  $(if $(DATA_DIR),--data-dir '$(DATA_DIR)') $(if $(STORE),--store '$(STORE)')

##@ Development

.PHONY: test
test: deps ## run the tests (release mode)
	@rm -f .build/tests.xml
	@$(SWIFT) build $(BUILD_FLAGS) --build-tests $(QUIET)
	@$(SWIFT) test $(TEST_FLAGS) $(if $(FILTER),--filter '$(FILTER)') --xunit-output .build/tests.xml
	@$(if $(FILTER),:,scripts/check-bundles .build/tests.xml)

.PHONY: test-faults
test-faults: build ## disturb a reproduction TRIALS= times; writes the figures of docs/reliability.md
	@$(BIN)/plumbline-faults --program $(BIN)/echoalign-table1 --plumbline $(BIN)/plumbline \
	  --trials $(or $(TRIALS),300) --markdown docs/reliability.md

.PHONY: lint
lint: ## check formatting, layering, file lengths and scripts
	@scripts/lint

.PHONY: format
format: ## format all Swift files in place
	@git ls-files --cached --others --exclude-standard -- '*.swift' | \
	  xargs -r $(SWIFT) format format --in-place --parallel --configuration .swift-format

.PHONY: bench
bench: build ## images per second; with PYTHON=, beside plain PyTorch
	@$(BIN)/plumbline-bench $(if $(DEVICE),--device $(DEVICE)) $(if $(PYTHON),--python '$(PYTHON)')

.PHONY: bench-workers
bench-workers: build ## images per second by number of workers; decides the default of JOBS=
	@$(BIN)/plumbline-bench workers

.PHONY: bench-scheduling
bench-scheduling: build ## what planning and handing out 10,000 runs costs
	@$(BIN)/plumbline-bench scheduling

.PHONY: bench-statistics
bench-statistics: build ## statistics beside openTSNE, scikit-learn and SciPy (PYTHON=)
	@$(or $(PYTHON),python3) scripts/bench-statistics.py --bench $(BIN)/plumbline-bench
	@$(or $(PYTHON),python3) scripts/bench-tsne.py --plumbline $(BIN)/plumbline

.PHONY: clean
clean: ## remove what was built; runs and reports stay
	@rm -rf .build

.PHONY: clean-store
clean-store: ## remove all runs, saying what goes (STORE=)
	@if [ -d "$(STORE_DIR)" ]; then \
	  echo "removing $$(du -sh "$(STORE_DIR)" | cut -f1) in $(STORE_DIR):"; ls "$(STORE_DIR)"; \
	  rm -rf "$(STORE_DIR)"; \
	else echo "no runs in $(STORE_DIR)"; fi
