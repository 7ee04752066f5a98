# Sourced by the scripts: where setup keeps what it brought, and its newer node before the machine's own.
export VIGNETTE_CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/vignette"
if [ -x "$VIGNETTE_CACHE/node/bin/node" ]; then PATH="$VIGNETTE_CACHE/node/bin:$PATH"; fi
