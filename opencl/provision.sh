# Functions that find or make an OpenCL device, and Oclgrind for the tests. Sourced by nnd, which
# sets cache (a folder of the user's own), jdk and classpath, and defines say and fail.
# shellcheck shell=sh disable=SC2154
#
# On Debian and Ubuntu the driver is PoCL, which computes on the CPU. For root apt installs it; for
# anybody else the distribution's packages are unpacked under $cache/packages. An unpacked PoCL finds
# its bitcode beside its own library, wherever that lies. But it links every kernel as a compiler
# would, by `ld` against libc, libm and libgcc: these need a place on the PATH and LIBRARY_PATH.

# ---- what is there ----

has_driver() {
    [ -z "${OCL_ICD_VENDORS:-}${OCL_ICD_FILENAMES:-}" ] || return 0
    for icd in /etc/OpenCL/vendors/*.icd; do
        [ ! -e "$icd" ] || return 0
    done
    return 1
}

# Prints the path of library $1 where the dynamic linker finds it, or nothing.
find_library() {
    (
        IFS=:
        for folder in ${LD_LIBRARY_PATH:-}; do
            [ ! -e "$folder/$1" ] || printf '%s\n' "$folder/$1"
        done
        PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | sed -n "s|^[[:space:]]*$1 .* => ||p"
    ) | head -n 1
}

# JOCL opens the OpenCL loader as libOpenCL.so, a name that only development packages have. Where it
# is missing, folder $1 gets it as a link to the libOpenCL.so.1 found.
link_loader() {
    [ -z "$(find_library libOpenCL.so)" ] || return 0
    loader=$(find_library libOpenCL.so.1)
    [ -n "$loader" ] || return 0
    if [ "$(readlink "$1/libOpenCL.so" || true)" != "$loader" ]; then
        mkdir -p "$1"
        ln -s "$loader" "$1/libOpenCL.so.$$"
        mv -f "$1/libOpenCL.so.$$" "$1/libOpenCL.so"
    fi
    export LD_LIBRARY_PATH="$1${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
}

# ---- an OpenCL device ----

provide_opencl() {
    [ "$(uname -s)" = Linux ] || return 0 # macOS brings its own
    if ! has_driver || [ -z "$(find_library libOpenCL.so.1)" ]; then make_device; fi
    link_loader "$cache/loader"
}

make_device() {
    pocl=$cache/packages/pocl-$(distribution)
    if [ ! -d "$pocl" ]; then
        has_apt || fail "$(how_to_install)"
        say "no OpenCL driver is installed; getting PoCL, which computes on the CPU ..."
        if is_root && apt_install pocl-opencl-icd ocl-icd-libopencl1; then
            link_loader "$cache/loader"
            preflight
            return
        fi
        unpack_packages "$pocl" pocl-opencl-icd ocl-icd-libopencl1 ||
            fail "PoCL could not be had from the distribution's packages (log: $cache/apt.log)." \
                "$(how_to_install)"
    fi
    [ -e "$pocl/works" ] || prepare_pocl "$pocl"
    use_pocl "$pocl"
    link_loader "$cache/loader"
    [ -e "$pocl/works" ] || preflight
    : >"$pocl/works"
}

# What PoCL's packages and a compiler's would have set up outside the unpacked root.
prepare_pocl() {
    mkdir -p "$1/vendors" "$1/link"
    for library in "$1"/root/usr/lib/*/libpocl.so.?*; do
        printf '%s\n' "$library" >"$1/vendors/pocl.icd"
    done
    for library in libc.so.6 libm.so.6 libgcc_s.so.1; do
        ln -sf "$(find_library "$library")" "$1/link/${library%.so.*}.so"
    done
    for library in "$1"/root/usr/lib/gcc/*/*/libgcc.a /usr/lib/gcc/*/*/libgcc.a; do
        [ ! -e "$library" ] || ln -sf "$library" "$1/link/"
    done
}

use_pocl() {
    has_driver || export OCL_ICD_VENDORS="$1/vendors"
    export LIBRARY_PATH="${LIBRARY_PATH:+$LIBRARY_PATH:}$1/link"
    use_unpacked "$1"
}

how_to_install() {
    echo "NND computes on OpenCL devices and found no OpenCL driver on this machine. Install one:" \
        "PoCL runs on any CPU (Debian and Ubuntu: apt install pocl-opencl-icd ocl-icd-libopencl1;" \
        "Fedora: dnf install pocl ocl-icd; Arch: pacman -S pocl ocl-icd; openSUSE: zypper install" \
        "pocl libOpenCL1); a GPU needs the OpenCL driver of its vendor. A driver in an unusual place" \
        "is found when OCL_ICD_VENDORS names the folder of its .icd file."
}

# Compiles and runs one kernel, in a process of its own: a PoCL that cannot link ends its process.
preflight() {
    mkdir -p "$cache"
    try=$(mktemp -d "$cache/preflight.XXXXXX")
    # The folder is JOCL's for its native library, PoCL's for its cache, and the JVM's for a crash.
    if (cd "$try" && POCL_CACHE_DIR=$try "$jdk/bin/java" -Djava.io.tmpdir="$try" \
        --enable-native-access=ALL-UNNAMED -cp "$classpath" org.nnd.opencl.jocl.Preflight) \
        >"$try/said" 2>&1; then
        say "OpenCL device: $(cat "$try/said")"
        rm -rf "$try"
    else
        cat "$try/said" >&2
        rm -rf "$try"
        fail "the OpenCL driver that was just provided cannot run a kernel; its words are above." \
            "$(how_to_install)"
    fi
}

# ---- Debian's packages ----

has_apt() { command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; }
is_root() { [ "$(id -u)" = 0 ]; }

# Such as debian-12-x86_64: packages of one release do not fit another.
distribution() {
    # shellcheck source=/dev/null
    (. /etc/os-release && printf '%s-%s-%s\n' "$ID" "${VERSION_ID:-unstable}" "$(uname -m)")
}

apt() { DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends "$@" </dev/null; }

apt_install() {
    mkdir -p "$cache"
    {
        apt -o DPkg::Lock::Timeout=120 install "$@" || {
            apt update && apt -o DPkg::Lock::Timeout=120 install "$@"
        }
    } >"$cache/apt.log" 2>&1
}

# unpack_packages FOLDER PACKAGE...: the packages and what they depend on, as far as the machine lacks
# them, under FOLDER/root. FOLDER appears at the end, in one step: a half-made one never has its name.
unpack_packages() {
    folder=$1
    shift
    mkdir -p "${folder%/*}"
    find "$cache/packages" -path "$folder.*" -prune -mtime +0 -exec rm -rf {} + # of killed runs
    work=$(mktemp -d "$folder.XXXXXX")
    say "unpacking Debian packages into $folder (once) ..."
    if (fetch_packages "$work" "$@" && unpack_fetched "$work") >"$cache/apt.log" 2>&1; then
        [ -d "$folder" ] || mv "$work" "$folder"
    fi
    rm -rf "$work"
    [ -d "$folder" ]
}

# With the machine's package lists; where these are missing or too old, with lists of our own.
fetch_packages() {
    mkdir -p "$1/debs" "$1/lists/partial" "$1/archives/partial" && cd "$1/debs" || return
    own=$1
    shift
    download_missing "$@" && return
    printf '%s "%s";\n' Dir::State::Lists "$own/lists" Dir::Cache "$own/archives" >"$own/apt.conf"
    export APT_CONFIG="$own/apt.conf"
    apt update && download_missing "$@"
}

# A package that is installed already in another version is left out: that version is in use, and the
# C library above all must stay the machine's own.
download_missing() {
    missing=$(apt -s install "$@" | sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1=\2/p')
    [ -n "$missing" ] || return
    # shellcheck disable=SC2086 # a list
    apt download $missing
}

unpack_fetched() {
    mkdir "$1/root" || return
    for package in "$1"/debs/*.deb; do dpkg-deb -x "$package" "$1/root" || return; done
    rm -rf "$1/debs" "$1/lists" "$1/archives" "$1/apt.conf" "$1/root/usr/share/doc"
}

# The library folders of an unpacked root, as a path list.
library_path() {
    for folder in "$1"/root/usr/lib/*-linux-gnu* "$1"/root/lib/*-linux-gnu*; do
        [ ! -d "$folder" ] || printf ':%s' "$folder"
    done
}

use_unpacked() {
    LD_LIBRARY_PATH=${LD_LIBRARY_PATH:-}$(library_path "$1")
    export LD_LIBRARY_PATH="${LD_LIBRARY_PATH#:}" PATH="$PATH:$1/root/usr/bin"
}

# ---- Oclgrind, which the tests of kernels run under ----

# Sets NND_OCLGRIND to the program; where it cannot be had, those checks are skipped.
provide_oclgrind() {
    [ -z "${NND_OCLGRIND:-}" ] || return 0
    if ! command -v oclgrind >/dev/null && has_apt; then
        unpacked=$cache/packages/oclgrind-$(distribution)
        if [ ! -d "$unpacked" ] && ! { is_root && apt_install oclgrind; }; then
            unpack_packages "$unpacked" oclgrind || true
        fi
        [ ! -d "$unpacked" ] || use_unpacked "$unpacked"
    fi
    NND_OCLGRIND=$(command -v oclgrind || true)
    export NND_OCLGRIND
    [ -n "$NND_OCLGRIND" ] ||
        say "Oclgrind is not installed and could not be had; the checks that run kernels under it" \
            "are skipped."
}

# ---- ONNX's test data, which the backend test runs ----

# Sets NND_ONNX_TESTDATA to the folder; where it cannot be had, that test is skipped.
provide_onnx_testdata() {
    [ -z "${NND_ONNX_TESTDATA:-}" ] || return 0
    data=usr/share/libonnx-testdata/data
    if [ ! -d "/$data" ] && has_apt; then
        unpacked=$cache/packages/onnx-testdata-$(distribution)
        if [ ! -d "$unpacked" ] && ! { is_root && apt_install libonnx-testdata; }; then
            unpack_packages "$unpacked" libonnx-testdata || true
        fi
        [ ! -d "$unpacked/root/$data" ] || NND_ONNX_TESTDATA=$unpacked/root/$data
    fi
    [ ! -d "/$data" ] || NND_ONNX_TESTDATA=/$data
    export NND_ONNX_TESTDATA="${NND_ONNX_TESTDATA:-}"
    [ -n "$NND_ONNX_TESTDATA" ] ||
        say "ONNX's test data (Debian's libonnx-testdata) could not be had; its test is skipped."
}

# ---- ONNX's checker, which the tests give exported files to ----

# Sets NND_ONNX_PYTHON to a Python that has the module onnx; where it cannot be had, the check is
# skipped.
provide_onnx_checker() {
    [ -z "${NND_ONNX_PYTHON:-}" ] || return 0
    if has_onnx /usr/bin/python3; then
        NND_ONNX_PYTHON=/usr/bin/python3
    elif has_apt; then
        unpacked=$cache/packages/python3-onnx-$(distribution)
        if [ ! -d "$unpacked" ] && is_root && apt_install python3-onnx; then
            NND_ONNX_PYTHON=/usr/bin/python3
        elif [ -d "$unpacked" ] || unpack_packages "$unpacked" python3-onnx; then
            [ -x "$unpacked/python" ] || write_python "$unpacked"
            ! has_onnx "$unpacked/python" || NND_ONNX_PYTHON=$unpacked/python
        fi
    fi
    export NND_ONNX_PYTHON="${NND_ONNX_PYTHON:-}"
    [ -n "$NND_ONNX_PYTHON" ] ||
        say "ONNX's checker (Debian's python3-onnx) could not be had; its checks are skipped."
}

# The package of test data alone makes a module `onnx` without anything in it.
has_onnx() { "$1" -c 'import onnx.checker' >/dev/null 2>&1; }

# The interpreter with the modules and libraries of an unpacked root. BLAS, which NumPy needs, lies
# where the alternatives system would have made links to; OpenBLAS goes before the reference one.
write_python() {
    libraries=$(library_path "$1")
    for folder in "$1"/root/usr/lib/*-linux-gnu*/openblas-* "$1"/root/usr/lib/*-linux-gnu*/blas \
        "$1"/root/usr/lib/*-linux-gnu*/lapack; do
        [ ! -d "$folder" ] || libraries=$libraries:$folder
    done
    interpreter=/usr/bin/python3
    [ -x "$interpreter" ] || interpreter=$1/root/usr/bin/python3
    cat >"$1/python.$$" <<PYTHON
#!/bin/sh
export LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:-}$libraries"
[ "$interpreter" = /usr/bin/python3 ] || export PYTHONHOME="$1/root/usr"
export PYTHONPATH="$1/root/usr/lib/python3/dist-packages"
exec "$interpreter" "\$@"
PYTHON
    chmod +x "$1/python.$$"
    mv -f "$1/python.$$" "$1/python"
}

# ---- Jupyter, in which notebooks are read ----

# Sets NND_JUPYTER to the program `jupyter`, one with the Notebook, or to nothing.
provide_jupyter() {
    if [ -z "${NND_JUPYTER:-}" ]; then
        NND_JUPYTER=$(command -v jupyter || true)
        if [ -z "$NND_JUPYTER" ] || ! "$NND_JUPYTER" notebook --version >/dev/null 2>&1; then
            NND_JUPYTER=
            if has_apt; then get_jupyter; fi
        fi
    fi
    export NND_JUPYTER
}

get_jupyter() {
    say "Jupyter is not installed; getting it ..."
    unpacked=$cache/packages/jupyter-$(distribution)
    if [ ! -d "$unpacked" ] && is_root && apt_install jupyter-notebook; then
        NND_JUPYTER=$(command -v jupyter || true)
    elif [ -d "$unpacked" ] || unpack_packages "$unpacked" jupyter-notebook; then
        [ -x "$unpacked/jupyter" ] || write_jupyter "$unpacked"
        ! "$unpacked/jupyter" notebook --version >/dev/null 2>&1 || NND_JUPYTER=$unpacked/jupyter
    fi
}

# Jupyter out of an unpacked root: its programs begin with the machine's Python, its files lie where
# these settings say.
write_jupyter() {
    write_python "$1"
    cat >"$1/jupyter.$$" <<JUPYTER
#!/bin/sh
export JUPYTER_PATH="\${JUPYTER_PATH:+\$JUPYTER_PATH:}$1/root/usr/share/jupyter"
export JUPYTER_CONFIG_PATH="$1/root/etc/jupyter"
command=\${1:-notebook}
[ \$# = 0 ] || shift
exec "$1/python" "$1/root/usr/bin/jupyter-\$command" "\$@"
JUPYTER
    chmod +x "$1/jupyter.$$"
    mv -f "$1/jupyter.$$" "$1/jupyter"
}

# What the tests of the kernel need besides: jupyter_client's tests, nbconvert, and Chromium. Only
# root gets them; without them these tests are skipped.
provide_jupyter_tests() {
    [ -n "$NND_JUPYTER" ] || say "Jupyter could not be had; the tests of the kernel are skipped."
    if [ -z "$(tested_with)" ] || ! has_apt || ! is_root; then return 0; fi
    # shellcheck disable=SC2046 # a list
    apt_install $(tested_with) ||
        say "$(tested_with) could not be installed; the tests that need them are skipped."
}

# Those of the packages that are missing.
tested_with() {
    /usr/bin/python3 -c 'import jupyter_kernel_test' 2>/dev/null || printf 'python3-jupyter-kernel-test '
    command -v jupyter-nbconvert >/dev/null || printf 'jupyter-nbconvert '
    command -v chromedriver >/dev/null || printf 'chromium chromium-driver '
}

# ---- PyTorch, which the benchmark runs beside NND ----

# Sets NND_TORCH_PYTHON to a Python that has PyTorch, with OpenBLAS: on the reference BLAS, which
# Debian's package brings, its matrix products are a tenth as fast. What is missing is unpacked, not
# installed. Where PyTorch cannot be had, the benchmark goes on without it.
provide_torch() {
    [ -z "${NND_TORCH_PYTHON:-}" ] || return 0
    if has_apt; then
        unpacked=$cache/packages/python3-torch-$(distribution)
        if [ -d "$unpacked" ] || unpack_packages "$unpacked" python3-torch libopenblas0-openmp; then
            [ -x "$unpacked/python" ] || write_python "$unpacked"
            ! has_torch "$unpacked/python" || NND_TORCH_PYTHON=$unpacked/python
        fi
    fi
    if [ -z "${NND_TORCH_PYTHON:-}" ] && has_torch python3; then NND_TORCH_PYTHON=python3; fi
    export NND_TORCH_PYTHON="${NND_TORCH_PYTHON:-}"
    [ -n "$NND_TORCH_PYTHON" ] ||
        say "PyTorch could not be had (Debian's python3-torch and libopenblas0-openmp, or name a" \
            "Python that has it in NND_TORCH_PYTHON); the benchmark goes on without it."
}

has_torch() { "$1" -c 'import torch, numpy' >/dev/null 2>&1; }
