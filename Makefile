# Short names for the ways of building; CMake does the work. `make help` lists them.
#
#   make deps report   all that a fresh Debian 12 needs to have the reports in out/
#   make deps test     the same for the tests

.DEFAULT_GOAL := help
.PHONY: help deps program report specimen check test bench bench-labels gallery asan lint format install clean
# Goals run in the order they are typed, so that `make -j deps report` installs before it builds.
.NOTPARALLEL:
.ONESHELL:
.SHELLFLAGS := -ec

JOBS := $(shell nproc 2>/dev/null || echo 2)
SOURCES = $$(find gen tests -name '*.[ch]')

help:
	@cat <<'END'
	make report    make or refresh every report in out/
	make specimen  French composition, rule by rule: out/specimen/specimen.pdf
	make gallery   the pictures of docs/gallery anew
	make check     report every fault of the data and the templates
	make test      every test, then again under AddressSanitizer and UBSan
	make bench     time per stage, peak memory, one figure against bare cairo
	make bench-labels  labels of crowded figures: what overlaps, crosses, moves, and the time
	make asan      the tests under AddressSanitizer and UBSan alone
	make lint      formatting, warnings as errors, clang-tidy, cppcheck
	make format    apply the formatting
	make install   install the program; PREFIX=/usr/local and DESTDIR are honoured
	make clean     remove build/ and out/
	make deps      install the Debian packages of packages.txt, as root or through sudo

	The first time: make deps report
	END

# Nothing is downloaded when nothing is missing.
deps:
	@packages=$$(sed 's/#.*//' packages.txt)
	if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
	    installed=$$(dpkg-query -W -f '$${db:Status-Status} $${Package}\n' | sed -n 's/^installed //p')
	    missing=
	    for package in $$packages; do
	        printf '%s\n' "$$installed" | grep -qx "$$package" || missing="$$missing $$package"
	    done
	    [ -n "$$missing" ] || exit 0
	    sudo=
	    [ "$$(id -u)" = 0 ] || sudo=sudo
	    if [ -z "$$sudo" ] || command -v sudo >/dev/null; then
	        echo "deps: installing$$missing"
	        $$sudo apt-get update -qq
	        $$sudo env DEBIAN_FRONTEND=noninteractive \
	            apt-get install -y -qq --no-install-recommends $$missing
	        exit 0
	    fi
	    echo "deps: as root, run: apt-get install --no-install-recommends$$missing"
	else
	    echo 'deps: this system has no apt-get. Install what these Debian packages hold, under the'
	    echo 'deps: names your system gives them (the libraries with their headers), then go on:'
	    printf '  %s\n' $$packages
	fi
	for tool in cmake ninja cc pkg-config; do
	    command -v $$tool >/dev/null || { echo "deps: $$tool is missing"; exit 1; }
	done

program: build/build.ninja
	@cmake --build build --target frise

build/build.ninja: CMakePresets.json
	@cmake --preset release

# What docs/gallery/README.md shows, from the reports as they are.
GALLERY = frise/frise-680 frise/frise-dark-680 frise/frise-narrow-720 frise/frise-card jalons/jalons-680 jalons/jalons-narrow-720 \
    mois/mois-680 mois/mois-narrow-720 altitudes/altitudes-680 nucleaires/nucleaires-680 classes/classes-680 \
    unites/unites-680 annual/annual-680 annual/annual-card cumul/cumul-680 totaux/totaux-680 silences/silences-680 trajectoires/trajectoires-narrow-720
gallery: report
	@cp $(addprefix out/coree-du-nord/figures/,$(addsuffix .png,$(GALLERY))) \
	    out/article-2022/figures/janvier/janvier-680.png docs/gallery/
	@mkdir -p build/gallery && cp templates/theme.yaml docs/gallery/nombres.yaml build/gallery/
	@build/frise build nombres --data data --templates build/gallery --out build/gallery/out --format png
	@cp $(addprefix build/gallery/out/nombres/figures/,reperes/reperes-680.png portees/portees-680.png portees/portees-narrow-720.png \
	    publies/publies-680.png) docs/gallery/
	cp out/coree-du-nord/pages/page-1.png docs/page-1.png

report: program
	@build/frise build

specimen: program
	@build/frise build specimen --data docs/specimen/data --templates docs/specimen/templates

check: program
	@build/frise check

test: build/build.ninja
	@cmake --build build
	ctest --preset release -j $(JOBS)
	$(MAKE) --no-print-directory asan

asan:
	@cmake --preset asan
	cmake --build --preset asan
	ctest --preset asan -j $(JOBS)

bench: program
	@python3 tests/bench/bench.py build

bench-labels: program
	@python3 -B tests/bench/labels.py build/frise --check --peers 5

# clang-tidy reads the compile commands of the preset that was just built; its analyzer, which takes
# most of the time, is for gen/. cppcheck cannot read a
# compound literal after a colon (internalAstError), and knows no GLib macro of declarations.
lint:
	@clang-format --dry-run -Werror $(SOURCES)
	cmake --preset ci
	cmake --build --preset ci
	find gen -name '*.c' | xargs -P $(JOBS) -n 2 \
	    clang-tidy --quiet -p build/ci 2>build/ci/clang-tidy.log
	find tests -name '*.c' -not -path 'tests/fuzz/*' | xargs -P $(JOBS) -n 2 \
	    clang-tidy --quiet -p build/ci '--checks=-clang-analyzer-*' 2>>build/ci/clang-tidy.log
	cppcheck --quiet --error-exitcode=1 -j $(JOBS) --inline-suppr --library=gtk --library=posix \
	    --enable=warning,performance,portability \
	    --suppress=missingIncludeSystem --suppress=internalAstError \
	    --suppress=varFuncNullUB --suppress=readdirCalled \
	    '-DG_GNUC_PRINTF(a,b)=' '-DG_DEFINE_AUTOPTR_CLEANUP_FUNC(a,b)=' \
	    '-DG_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(a,b)=' -Igen gen tests

format:
	@clang-format -i $(SOURCES)

install: build/build.ninja
	@cmake --build build
	cmake --install build $(if $(PREFIX),--prefix $(PREFIX))

clean:
	@rm -rf build out
