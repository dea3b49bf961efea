#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows that check.sh finds what it is for, and nothing else.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
licence='// SPDX-License-Identifier: GPL-3.0-or-later'
failures=0

# body LINES: that many statements.
body() { for ((i = 0; i < $1; ++i)); do echo "        ++x;"; done; }

# expect NAME 'words in the finding, or nothing' <CONTENT
expect() {
    local found
    cat >"$folder/$1"
    found=$("$here/check.sh" "$folder/$1" || true)
    if [[ (-z $2 && -n $found) || $found != *"$2"* ]]; then
        printf '%s: expected "%s", found "%s"\n' "$1" "$2" "$found"
        failures=$((failures + 1))
    fi
}

printf '%s\n' "$licence" 'void f() {' "$(body 68)" '}' | expect fits.cpp ""
printf '%s\n' "$licence" 'void f() {' "$(body 69)" '}' | expect long_function.cpp ":2: a function of 71 lines"
printf '%s\n' "$licence" 'void f(int a,' '       int b) {' "$(body 68)" '}' | expect long_head.cpp ":2: a function of 71 lines"
printf '%s\n' "$licence" 'class C {' 'public:' '    void f() {' "$(body 69)" '    }' '};' |
    expect long_member.cpp ":4: a function of 71 lines"
printf '%s\n' "$licence" 'namespace n {' "$(body 90)" '}' | expect long_namespace.cpp ""
printf '%s\n' "$licence" "$(body 400)" | expect long_file.cpp "401 lines, more than 400"
printf '%s\n' "int x;" | expect unlicensed.cpp "no SPDX"
printf '%s\n' "$licence" "int x;" | expect twice.h "no #pragma once"
printf '%s\n' "$licence" "#pragma once" "int x;" | expect once.h ""
printf '%s\n' "$licence" '#include "../x.h"' | expect up.cpp "goes up a folder"
printf '%s\n' "$licence" "// TO""DO: finish" | expect unfinished.cpp "left to do"
printf '%s\n' "$licence" '    co_await refuse({400, "no"});' | expect braces.cpp ":2: an awaited call has an argument in braces"
printf '%s\n' "$licence" '    while (more && co_await read()) {}' | expect loop.cpp ":2: a co_await stands behind"
printf '%s\n' "$licence" '    co_await f(std::move(x), y);' '    if (a && co_await f()) {}' | expect awaits.cpp ""
if ((failures)); then exit 1; fi
echo "14 passed, 0 failed"
