# What bash offers after a line: capture.bash SCRIPT LINE. One candidate a line.
. "$1"
COMP_LINE=$2
COMP_POINT=${#2}
COMP_TYPE=9
COMP_KEY=9
read -ra COMP_WORDS <<< "$2"
case $2 in *' ') COMP_WORDS+=('') ;; esac
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
registered=$(complete -p llmfmt)
[[ $registered =~ -F\ ([^ ]+) ]] || exit 1
"${BASH_REMATCH[1]}" llmfmt "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
for candidate in "${COMPREPLY[@]}"; do
    printf '%s\n' "${candidate% }"
done
