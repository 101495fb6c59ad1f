# Sourced by start and test, from the root of the checkout: what a machine with Python 3.12 or later still lacks, each piece once.
# A stamp beside each piece keeps the hash of what it was made from, so that a second run does nothing and downloads nothing.

UV_PYTHON_DOWNLOADS=never UV_NO_CONFIG=1 PIP_DISABLE_PIP_VERSION_CHECK=1 npm_config_update_notifier=false
export UV_PYTHON_DOWNLOADS UV_NO_CONFIG PIP_DISABLE_PIP_VERSION_CHECK npm_config_update_notifier

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

hash_of() { cat "$@" | cksum; }
is_fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

find_python() {
    for PYTHON in python3.14 python3.13 python3.12 /usr/bin/python3 python3; do
        "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && return
    done
    stop "Corridor needs Python 3.12 or later, and none was found: install it (on Debian or Ubuntu: apt-get install python3) and start again."
}

find_uv() {
    UV=.tools/uv/bin/uv
    if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then UV=uv; return; fi
    if [ -x "$UV" ]; then return; fi
    say "Getting uv, which installs the Python packages ..."
    for pip in "$PYTHON -m pip" pip3 pip; do
        # Unquoted on purpose: the first one is three words.
        if $pip --version >/dev/null 2>&1 && $pip install --quiet --root-user-action=ignore --target .tools/uv --require-hashes -r requirements-uv.lock; then return; fi
    done
    if "$PYTHON" -m venv .tools/uv >/dev/null 2>&1 && .tools/uv/bin/python -m pip install --quiet --require-hashes -r requirements-uv.lock; then return; fi
    stop "Corridor needs uv or pip, and could get neither: install one (on Debian or Ubuntu: apt-get install python3-pip) and start again."
}

# python_packages LOCK: the environment .venv with what the lock file names, every file held to its hash.
python_packages() {
    stamp=.venv/.installed-$1 wanted=$(hash_of "$1")
    if is_fresh "$stamp" "$wanted"; then return; fi
    find_python
    find_uv
    if [ ! -x .venv/bin/python ]; then "$UV" venv --quiet --python "$PYTHON" .venv || stop "The environment .venv could not be made."; fi
    say "Installing the Python packages of $1 ..."
    "$UV" pip install --quiet --python .venv/bin/python --require-hashes -r "$1" \
        || stop "The Python packages of $1 could not be installed; the lines above say why."
    say "$wanted" > "$stamp"
}

has_node() {
    command -v npm >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' >/dev/null 2>&1
}

find_node() {
    if [ -x .tools/node/bin/node ]; then PATH=$PWD/.tools/node/bin:$PATH; export PATH; fi
    if has_node; then return; fi
    say "Getting Node, which installs the style, the fonts and the icons ..."
    find_python
    find_uv
    { "$UV" venv --quiet --clear --python "$PYTHON" .tools/node \
        && "$UV" pip install --quiet --python .tools/node/bin/python --require-hashes -r requirements-node.lock; } \
        || stop "Corridor needs Node 20 or later with npm, and could get neither: install nodejs and npm and start again."
    PATH=$PWD/.tools/node/bin:$PATH
    export PATH
    has_node || stop "The Node that was installed does not run here: install Node 20 or later with npm and start again."
}

node_packages() {
    find_node
    wanted=$(hash_of package.json package-lock.json)
    if is_fresh node_modules/.installed "$wanted"; then return; fi
    say "Installing the npm packages ..."
    npm ci --no-audit --no-fund --loglevel=error >/dev/null || stop "The npm packages could not be installed; the lines above say why."
    say "$wanted" > node_modules/.installed
}

# Style sheets, fonts, icons and land shapes from node_modules, and the message catalogues.
built_files() {
    # Both know by themselves what is fresh.
    .venv/bin/python tools/make_assets.py >/dev/null || stop "The static files could not be made; the lines above say why."
    .venv/bin/python tools/messages.py compile >/dev/null || stop "The message catalogues could not be compiled; the lines above say why."
}

# Secrets of this checkout, made once, and a folder for its files; readable by its owner alone.
own_settings() {
    (umask 077 && mkdir -p "${CORRIDOR_VAR:-var}") || stop "The folder ${CORRIDOR_VAR:-var} could not be made."
    if [ -f .env ]; then return; fi
    say "Writing fresh secrets to .env ..."
    .venv/bin/python tools/make_env.py || stop "The file .env could not be written."
}
