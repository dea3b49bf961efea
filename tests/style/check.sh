#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints what breaks the rules on files and functions, one finding a line; exit 1 when there is any.
#
#   check.sh [FILE...]      by default every source file of the project
#
# Rules: a file has at most 400 lines, a function in a .cpp at most 70; the licence is named on the first or second line; a
# header says #pragma once; no include goes up a folder; no TODO is left; no co_await is written in the two ways that
# g++ 12 gets wrong: with an argument made in braces (destroyed twice), or behind && or || in a loop's condition (always
# evaluated). A function is taken for what stands between a line at column 0 or 4 and the next lone closing brace at that
# column, as clang-format lays them out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

sources() {
    find run .ci src ui app tests resources translations CMakeLists.txt -type f \
        \( -name '*.cpp' -o -name '*.h' -o -name '*.cmake' -o -name '*.sh' -o -name CMakeLists.txt -o -name run \) | sort
}

check_file() {
    awk -v file="$1" -v longest_file=400 -v longest_function=70 '
        function finding(line, text) { printf "%s:%d: %s\n", file, line, text; bad = 1 }
        # What opens a block that is no function.
        function opensOther(text) {
            return text ~ /^ *(if|for|while|switch|else|do|try|catch|namespace|class|struct|enum|union|case|default|[}])/ ||
                   text ~ /= *[{]?$/ || text !~ /[(]/
        }
        FNR <= 2 && /SPDX-License-Identifier: GPL-3.0-or-later/ { licence = 1 }
        /^#pragma once$/ { once = 1 }
        /^#include "([^"]*\/)?\.\.\// { finding(FNR, "an include goes up a folder") }
        file !~ /tests\/style\// && /TODO|FIXME/ { finding(FNR, "something is left to do") }
        file !~ /tests\/style\// && /co_await [^;]*[(,] *[{]/ { finding(FNR, "an awaited call has an argument in braces: g++ 12 destroys it twice") }
        file !~ /tests\/style\// && /(for|while) [(].*(&&|[|][|]) *!?[(]?co_await/ { finding(FNR, "a co_await stands behind && or || in a loop, where g++ 12 always evaluates it") }
        file ~ /[.]cpp$/ && match($0, /^ */) && (RLENGTH == 0 || RLENGTH == 4) && NF > 0 {
            column = RLENGTH
            if ($0 ~ /^ *}$/) {
                if (column in opener && !opensOther(text[column]) && FNR - opener[column] + 1 > longest_function) {
                    finding(opener[column], "a function of " FNR - opener[column] + 1 " lines, more than " longest_function)
                }
                delete opener[column]
            } else if ($0 !~ /^ *(\/\/|#|public:|private:|protected:)/) {
                opener[column] = FNR
                text[column] = $0
            }
        }
        END {
            if (FNR > longest_file) finding(FNR, FNR " lines, more than " longest_file)
            if (!licence) finding(1, "no SPDX-License-Identifier: GPL-3.0-or-later on the first two lines")
            if (file ~ /[.]h$/ && !once) finding(1, "no #pragma once")
            exit bad
        }' "$1"
}

result=0
while IFS= read -r file; do
    check_file "$file" || result=1
done < <(if (($#)); then printf '%s\n' "$@"; else sources; fi)
exit $result
