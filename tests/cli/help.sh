# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What a program's --help says, for the tests of the man pages and of completion. To be sourced.

# Without a display, and never in another language.
program_help() { QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 LANGUAGE=en "$@" --help </dev/null; }

# Every command of a program with its words, the program itself first: "pilothousectl", "pilothousectl sandbox", …
commands_of() { # PROGRAM NAME [WORD...]
    local program=$1 name=$2 verb
    shift 2
    echo "$name${*:+ $*}"
    while read -r verb; do
        commands_of "$program" "$name" "$@" "$verb"
    done < <(program_help "$program" "$@" | awk '
        /^[^ ]/ { verbs = /^Subcommands:/ }
        verbs && /^  [a-z]/ { print $1 }')
}

# The long options of one command, one a line, without dashes, --help left out.
options_of() { # PROGRAM [WORD...]
    program_help "$@" | awk '/^  -/ {
        text = $0
        sub(/^  /, "", text)
        sub(/ (  |<|[A-Z]).*/, "", text) # what it takes, what it is for
        while (match(text, /--[a-z][a-z-]*/)) {
            name = substr(text, RSTART + 2, RLENGTH - 2)
            if (name != "help" && name != "help-all") print name
            text = substr(text, RSTART + RLENGTH)
        }
    }' | sort -u
}

# The environment variables that one command reads by its own account.
variables_of() { # PROGRAM [WORD...]
    program_help "$@" | grep -o 'Env:[A-Z_]*' | cut -d: -f2 | sort -u || true
}
