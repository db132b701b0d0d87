#!/usr/bin/env bash
# Installs the dps-gen that wrote this repository, as the manifest names it.
set -euo pipefail

version=$(sed -n 's/^ *"generator": "\([0-9][0-9A-Za-z.+-]*\)",*$/\1/p' .dps-gen/manifest.json)
: "${version:?.dps-gen/manifest.json names no generator}"
npm install --global --no-audit --no-fund "dps-gen@$version"
