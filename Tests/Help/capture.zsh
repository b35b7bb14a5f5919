# Sourced by an interactive zsh: loads the completions in the folder $completions, and writes what the key ^X offers to
# the file $found, then a line that says "shown".
PROMPT=
LISTMAX=10000
fpath=($completions $fpath)
autoload -Uz compinit
compinit -u -D
compadd() {
    # With -O, -A and -D nothing is shown.
    if [[ " ${(j: :)@[1,(i)(-|--)]}" != *\ -[a-zA-Z]#[OAD]\ * ]]; then
        local -a hits
        builtin compadd -A hits "$@"
        print -rl -- "${hits[@]}" >> "$found"
    fi
    builtin compadd "$@"
}
offer() {
    zle complete-word
    print shown >> "$found"
}
zle -N offer
bindkey "^X" offer
