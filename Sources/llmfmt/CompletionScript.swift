import ArgumentParser
import ResourceFormats

extension CompletionKind {
    /// The names of the formats.
    static var formats: CompletionKind { .list(Format.named.map(\.name)) }
}

/// The completions for a shell: those that swift-argument-parser makes of the declarations, and an ending by which the
/// options and files of `convert` complete without the verb too.
enum CompletionScript {
    /// The script that `--generate-completion-script [SHELL]` asks for; nil if these arguments do not ask for a known one.
    static func requested(by arguments: [String]) -> String? {
        let option = "--generate-completion-script"
        guard let first = arguments.first, first.utf8.starts(with: option.utf8) else { return nil }
        if let name = arguments.dropFirst().first { return CompletionShell(rawValue: name).flatMap(text) }
        let name = first.dropFirst(option.count)
        if name.isEmpty { return CompletionShell.autodetected().flatMap(text) }
        guard name.first == "=" else { return nil }
        return CompletionShell(rawValue: String(name.dropFirst())).flatMap(text)
    }

    private static func text(for shell: CompletionShell) -> String? {
        let generated = LLMFmt.completionScript(for: shell)
        let verbs = (LLMFmt.verbs + ["help"]).joined(separator: " ")
        switch shell {
        case .bash: return "\(generated)\n\(bash(verbs))"
        case .fish: return "\(generated)\n\(fish(verbs))"
        case .zsh:
            // The last statement runs the function, so it has to be the last one.
            var lines = generated.split(separator: "\n", omittingEmptySubsequences: false)
            guard let end = lines.lastIndex(where: { $0.utf8.starts(with: "if ".utf8) }) else { return nil }
            lines.insert(Substring(zsh(verbs)), at: end)
            return lines.joined(separator: "\n")
        default: return nil
        }
    }

    private static func bash(_ verbs: String) -> String {
        """
        # convert may be left out.
        _llmfmt_or_convert() {
            if [[ "${COMP_CWORD}" -gt 1 && " \(verbs) " = *" ${COMP_WORDS[1]} "* ]]; then
                _llmfmt "${@}"
                return
            fi
            local -a verbs=()
            if [[ "${COMP_CWORD}" -eq 1 ]]; then
                _llmfmt "${@}"
                verbs=("${COMPREPLY[@]}")
                COMPREPLY=()
            fi
            local -a COMP_WORDS=("${COMP_WORDS[0]}" convert "${COMP_WORDS[@]:1}")
            local -i COMP_CWORD="$((COMP_CWORD + 1))"
            _llmfmt "${@}"
            COMPREPLY+=("${verbs[@]}")
        }

        complete -o filenames -F _llmfmt_or_convert llmfmt
        """
    }

    private static func zsh(_ verbs: String) -> String {
        """
        # convert may be left out.
        functions[_llmfmt_with_verb]="${functions[_llmfmt]}"
        _llmfmt() {
            local -i ret=1
            if (( CURRENT == 2 )) || [[ " \(verbs) " = *" ${words[2]} "* ]]; then
                _llmfmt_with_verb "${@}" && ret=0
                (( CURRENT == 2 )) || return "${ret}"
            fi
            words=("${words[1]}" convert "${(@)words[2,-1]}")
            (( CURRENT++ ))
            _llmfmt_with_verb "${@}" && ret=0
            return "${ret}"
        }

        """
    }

    private static func fish(_ verbs: String) -> String {
        """
        # convert may be left out: what is asked of 'llmfmt convert' is asked of the words with this verb put in.
        functions -c __llmfmt_tokens __llmfmt_tokens_as_typed
        function __llmfmt_tokens
            set -l tokens (__llmfmt_tokens_as_typed $argv)
            if set -q __llmfmt_is_convert; and not contains -- "$tokens[2]" \(verbs)
                set tokens $tokens[1] convert $tokens[2..]
            end
            printf '%s\\n' $tokens
        end

        for asked in flags_or_options positional
            functions -c __llmfmt_should_offer_completions_for_$asked __llmfmt_should_offer_as_typed_$asked
        end

        function __llmfmt_should_offer_completions_for_flags_or_options -a command
            test "$command" = 'llmfmt convert'; and set -lx __llmfmt_is_convert
            __llmfmt_should_offer_as_typed_flags_or_options $argv
        end

        function __llmfmt_should_offer_completions_for_positional -a command
            test "$command" = 'llmfmt convert'; and set -lx __llmfmt_is_convert
            # A verb is the first word.
            test "$command" = llmfmt -a (count (__llmfmt_tokens_as_typed -pc)) -gt 1; and return 1
            __llmfmt_should_offer_as_typed_positional $argv
        end
        """
    }
}
