# Made from the grammar by `python -m tui.cli.completions`; do not edit.

_broadsheet() {
    local current=$2 previous=$3 command="" word
    local -i at
    COMPREPLY=()
    for ((at = 1; at < COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        case " demo add feeds import export mark rules sync pack list search enclosures read entities feed doctor config " in
        *" $word "*) command=$word; break ;;
        esac
    done
    local words="" files=""
    case $command in
    "")
        words="demo add feeds import export mark rules sync pack list search enclosures read entities feed doctor config -h --help --version --offline --linear --query" files=""
        case $previous in
        --query) words="" files="" ;;
        esac
        ;;
    demo)
        words="-h --help --keep --prepare" files=""
        case $previous in
        --keep) words="" files="yes" ;;
        esac
        ;;
    add)
        words="-h --help --folder --title --selector --no-sync" files=""
        case $previous in
        --folder) words="" files="" ;;
        --title) words="" files="" ;;
        --selector) words="" files="" ;;
        esac
        ;;
    feeds)
        words="-h --help --json --errors --saved --remove --rename --move --pause --resume --retry" files=""
        case $previous in
        --remove) words="" files="" ;;
        --rename) words="" files="" ;;
        --move) words="" files="" ;;
        --pause) words="" files="" ;;
        --resume) words="" files="" ;;
        --retry) words="" files="" ;;
        esac
        ;;
    import)
        words="-h --help --dry-run" files="yes"
        case $previous in
        esac
        ;;
    export)
        words="-h --help --format --query --to" files=""
        case $previous in
        --format) words="opml jsonl markdown epub corrections" files="" ;;
        --query) words="" files="" ;;
        --to) words="" files="yes" ;;
        esac
        ;;
    mark)
        words="-h --help --read --no-read --star --no-star --queue --no-queue --hide --no-hide --tag --undo" files=""
        case $previous in
        --tag) words="" files="" ;;
        esac
        ;;
    rules)
        words="-h --help --try --add --apply --remove --name --json" files=""
        case $previous in
        --try) words="" files="" ;;
        --add) words="" files="" ;;
        --apply) words="" files="" ;;
        --remove) words="" files="" ;;
        --name) words="" files="" ;;
        esac
        ;;
    sync)
        words="-h --help --all --quiet --json --no-articles" files=""
        case $previous in
        esac
        ;;
    pack)
        words="-h --help --for --max --minutes --feed --folder --query --images --no-images --links --json --to" files=""
        case $previous in
        --for) words="" files="" ;;
        --max) words="" files="" ;;
        --minutes) words="" files="" ;;
        --feed) words="" files="" ;;
        --folder) words="" files="" ;;
        --query) words="" files="" ;;
        --to) words="" files="yes" ;;
        esac
        ;;
    list)
        words="-h --help --json --count --format --query --order --limit" files=""
        case $previous in
        --format) words="" files="" ;;
        --query) words="" files="" ;;
        --order) words="newest oldest feed folder story title" files="" ;;
        --limit) words="" files="" ;;
        esac
        ;;
    search)
        words="-h --help --json --order --limit" files=""
        case $previous in
        --order) words="best newest oldest" files="" ;;
        --limit) words="" files="" ;;
        esac
        ;;
    enclosures)
        words="-h --help --json --query --limit --to" files=""
        case $previous in
        --query) words="" files="" ;;
        --limit) words="" files="" ;;
        --to) words="" files="yes" ;;
        esac
        ;;
    read)
        words="-h --help --plain --markdown --json --explain --comments --entities --url --width" files="yes"
        case $previous in
        --url) words="" files="" ;;
        --width) words="" files="" ;;
        esac
        ;;
    entities)
        words="-h --help --json --lang" files="yes"
        case $previous in
        --lang) words="" files="" ;;
        esac
        ;;
    feed)
        words="-h --help --json --url" files="yes"
        case $previous in
        --url) words="" files="" ;;
        esac
        ;;
    doctor)
        words="-h --help --json --terminal" files=""
        case $previous in
        esac
        ;;
    config)
        words="-h --help --edit --defaults" files=""
        case $previous in
        esac
        ;;
    esac
    if [[ -n $files && $current != -* ]]; then
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    fi
}
complete -F _broadsheet broadsheet
