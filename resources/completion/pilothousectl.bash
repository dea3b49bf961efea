# SPDX-License-Identifier: GPL-3.0-or-later
# Bash completion for pilothouse, pilothousectl and pilothouse-replica. To be installed once under each of these names in
# share/bash-completion/completions (links do), or sourced.
#
# Commands and options are read from the program's own --help, so that they are always those of the installed version;
# names of sandboxes, clusters and replicas come from `pilothousectl complete`, which asks no cluster.

# The help of a command; the console's without a display.
__pilothouse_help() { QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 LANGUAGE=en "$@" --help 2>/dev/null </dev/null; }

__pilothouse_commands() {
    __pilothouse_help "$@" | command awk '/^[^ ]/ { verbs = /^Subcommands:/ } verbs && /^  [a-z]/ { print $1 }'
}

__pilothouse_options() {
    __pilothouse_help "$@" | command awk '/^  -/ {
        text = $0
        sub(/^  /, "", text)
        sub(/ (  |<|[A-Z]).*/, "", text)
        while (match(text, /--[a-z][a-z-]*/)) {
            print substr(text, RSTART, RLENGTH)
            text = substr(text, RSTART + RLENGTH)
        }
    }'
}

# What an option takes: 0 when it takes nothing.
__pilothouse_takes_value() { # OPTION COMMAND...
    local option=$1
    shift
    __pilothouse_help "$@" | command grep -Eq -- "^  (-[a-z?],? *)*$option( |,|=)+(<|[A-Z]+|[a-z]+\||[0-9]+\.\.|\{)"
}

__pilothouse_names() { command pilothousectl complete "$@" 2>/dev/null; }

# Completes with whole lines, which may hold blanks.
__pilothouse_reply() { # LINES
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        [[ -n $line && $line == "$cur"* ]] && COMPREPLY+=("$(printf '%q' "$line")")
    done <<<"$1"
}

# Completes the last of several names with commas between them.
__pilothouse_list() { # LINES
    local before=""
    [[ $cur == *,* ]] && before=${cur%,*},
    __pilothouse_reply "$(command sed "s|^|$before|" <<<"$1")"
}

__pilothouse_files() {
    COMPREPLY=()
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen "$1" -- "$cur")
}

# The value of an option; 1 when the option is none whose values are known.
__pilothouse_value() { # OPTION
    case $1 in
    --cluster) __pilothouse_reply "$(__pilothouse_names clusters)" ;;
    --destroyed | --powered-off | --cut-off) __pilothouse_list "$(__pilothouse_names replicas "$cluster")" ;;
    --replica | --force | --from) __pilothouse_reply "$(__pilothouse_names replicas "$cluster")" ;;
    --role) __pilothouse_reply $'admin\nwriter\nreader\nguest' ;;
    --order) __pilothouse_reply $'newest\nname' ;;
    --theme) __pilothouse_reply $'light\ndark\nsystem' ;;
    --log-format) __pilothouse_reply $'text\njson' ;;
    --log-level) __pilothouse_reply $'debug\ninfo\nwarning\nerror' ;;
    --replicas) __pilothouse_reply $'1\n3\n5\n7' ;;
    --*-dir | --dir) __pilothouse_files -d ;;
    --format) __pilothouse_reply $'markdown\njson' ;;
    --*-file | --config | --members | --screenshot | --engine-program | --report | --runbook | --output) __pilothouse_files -f ;;
    *) return 1 ;;
    esac
}

# The arguments of a command that are no options; `given` are those that stand already.
__pilothouse_argument() { # WORDS OF THE COMMAND
    case "$*" in
    *"sandbox start" | *"sandbox stop" | *"sandbox status" | *"sandbox remove")
        ((${#given[@]} > 0)) || __pilothouse_reply "$(__pilothouse_names sandboxes)"
        ;;
    *"sandbox kill" | *"sandbox pause" | *"sandbox resume" | *"sandbox restart")
        if ((${#given[@]} == 0)); then
            __pilothouse_reply "$(__pilothouse_names sandboxes)"
        else
            __pilothouse_reply "$(__pilothouse_names replicas "${given[0]}")"
        fi
        ;;
    *" trust") ((${#given[@]} > 0)) || __pilothouse_reply "$(__pilothouse_names clusters)" ;;
    *"cluster remove") ((${#given[@]} > 0)) || __pilothouse_reply "$(__pilothouse_names saved)" ;;
    *" diagnose" | *" make-leader" | *" drain" | *" remove" | *" forget" | *" replace" | *" rename" | *" rolling-restart") ((${#given[@]} > 0)) || __pilothouse_reply "$(__pilothouse_names replicas "$cluster")" ;;
    esac
}

_pilothouse() {
    local cur=${COMP_WORDS[COMP_CWORD]} word option="" cluster="" i verbs
    local -a command=("${COMP_WORDS[0]}") given=()
    COMPREPLY=()
    verbs=$(__pilothouse_commands "${command[@]}")
    # What stands before the cursor: the command's words, its arguments, and the option that waits for a value.
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ -n $option && $word != "=" ]]; then
            [[ $option == --cluster ]] && cluster=$word
            option=""
        elif [[ $word == "=" ]]; then
            continue
        elif [[ $word == -* ]]; then
            __pilothouse_takes_value "$word" "${command[@]}" && option=$word
        elif [[ -n $verbs && $'\n'$verbs$'\n' == *$'\n'"$word"$'\n'* ]]; then
            command+=("$word")
            verbs=$(__pilothouse_commands "${command[@]}")
        else
            given+=("$word")
        fi
    done
    [[ $cur == "=" ]] && cur=""
    if [[ -n $option ]]; then
        __pilothouse_value "$option"
    elif [[ $cur == -* ]]; then
        __pilothouse_reply "$(__pilothouse_options "${command[@]}")"
    elif [[ -n $verbs ]]; then
        __pilothouse_reply "$verbs"
    else
        __pilothouse_argument "${command[@]}"
    fi
}

complete -F _pilothouse pilothouse pilothousectl pilothouse-replica
