#!/bin/sh
# Fetches and compiles the vendored assets, then writes their hashes. For maintainers; needs node and npm.
set -eu

GOVUK=6.6.0
HTMX=2.0.11
SASS=1.108.2

here=$(cd "$(dirname "$0")" && pwd)
static="$here/../static"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# npm checks the sha512 of every package against the registry's own record while it unpacks.
npm install --prefix "$work" --no-save --no-audit --no-fund --ignore-scripts \
  "govuk-frontend@$GOVUK" "htmx.org@$HTMX" "sass@$SASS"

govuk="$static/vendor/govuk-frontend-$GOVUK"
htmx="$static/vendor/htmx-$HTMX"
mkdir -p "$govuk" "$htmx"
"$work/node_modules/.bin/sass" --no-source-map --no-charset --style=compressed --quiet-deps \
  --load-path="$work/node_modules" "$here/rajut.scss" "$govuk/govuk-frontend.min.css"
sed '/^\/\/# sourceMappingURL=/d' "$work/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js" \
  > "$govuk/govuk-frontend.min.js"
cp "$here/LICENSE.govuk-frontend" "$govuk/LICENSE" # the npm package carries none of its own
cp "$work/node_modules/htmx.org/dist/htmx.min.js" "$htmx/htmx.min.js"
cp "$work/node_modules/htmx.org/LICENSE" "$htmx/LICENSE"

python3 "$here/hashes.py"
