#!/usr/bin/env bash
# Installs Schemathesis from PyPI, in a folder of its own and in fixed versions. Prints its command.
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

requirements=$ROOT/tests/contract/requirements.txt
folder=$DIALOG_TOOLS_DIR/schemathesis
if ! cmp -s "$requirements" "$folder/installed.txt"; then
  say "installing Schemathesis (once)"
  rm -rf "$folder"
  quietly "$DIALOG_CACHE_DIR/logs/schemathesis.log" python3 -m venv "$folder"
  quietly "$DIALOG_CACHE_DIR/logs/schemathesis.log" "$folder/bin/pip" install --no-deps --requirement "$requirements"
  cp "$requirements" "$folder/installed.txt"
fi
echo "$folder/bin/schemathesis"
