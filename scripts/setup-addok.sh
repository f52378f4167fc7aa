#!/usr/bin/env bash
# Installs Addok from PyPI, in a folder of its own and in fixed versions. Prints its command.
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

requirements=$ROOT/tests/addok/requirements.txt
folder=$DIALOG_TOOLS_DIR/addok
if ! cmp -s "$requirements" "$folder/installed.txt"; then
  say "installing Addok (once)"
  rm -rf "$folder"
  quietly "$DIALOG_CACHE_DIR/logs/addok.log" python3 -m venv "$folder"
  quietly "$DIALOG_CACHE_DIR/logs/addok.log" "$folder/bin/pip" install --no-deps --requirement "$requirements"
  cp "$requirements" "$folder/installed.txt"
fi
echo "$folder/bin/addok"
