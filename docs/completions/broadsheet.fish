# Made from the grammar by `python -m tui.cli.completions`; do not edit.
complete -c broadsheet -f
complete -c broadsheet -n __fish_use_subcommand -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n __fish_use_subcommand -l version -d 'show program\'s version number and exit'
complete -c broadsheet -n __fish_use_subcommand -l offline -d 'use no network'
complete -c broadsheet -n __fish_use_subcommand -l linear -d 'no full screen: numbered commands, for screen readers and TERM=dumb'
complete -c broadsheet -n __fish_use_subcommand -l query -d 'open on what this query finds' -x
complete -c broadsheet -n __fish_use_subcommand -a demo -d 'open the built-in sample edition'
complete -c broadsheet -n '__fish_seen_subcommand_from demo' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from demo' -l keep -d 'make its home here and keep it' -rF
complete -c broadsheet -n '__fish_seen_subcommand_from demo' -l prepare -d 'with --keep: make the home and end, without opening the reader'
complete -c broadsheet -n __fish_use_subcommand -a add -d 'subscribe to a feed, or to a page that links to one'
complete -c broadsheet -n '__fish_seen_subcommand_from add' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from add' -l folder -d 'put it into this folder' -x
complete -c broadsheet -n '__fish_seen_subcommand_from add' -l title -d 'call it this' -x
complete -c broadsheet -n '__fish_seen_subcommand_from add' -l selector -d 'for a section page without a feed: the links that are its entries' -x
complete -c broadsheet -n '__fish_seen_subcommand_from add' -l no-sync -d 'do not fetch it now'
complete -c broadsheet -n __fish_use_subcommand -a feeds -d 'list subscriptions, the worst first'
complete -c broadsheet -n '__fish_seen_subcommand_from feeds' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from feeds' -l json -d 'one object a line'
complete -c broadsheet -n '__fish_seen_subcommand_from feeds' -l errors -d 'only those that fail or are damaged'
complete -c broadsheet -n '__fish_seen_subcommand_from feeds' -l saved -d 'the saved searches instead, with their counts'
complete -c broadsheet -n '__fish_seen_subcommand_from feeds' -l remove -d 'unsubscribe' -x
complete -c broadsheet -n '__fish_seen_subcommand_from feeds' -l rename -d 'change the title' -x
complete -c broadsheet -n '__fish_seen_subcommand_from feeds' -l move -d 'change the folder' -x
complete -c broadsheet -n '__fish_seen_subcommand_from feeds' -l pause -d 'fetch it no more; its entries stay' -x
complete -c broadsheet -n '__fish_seen_subcommand_from feeds' -l resume -d 'fetch it again' -x
complete -c broadsheet -n '__fish_seen_subcommand_from feeds' -l retry -d 'make it due now' -x
complete -c broadsheet -n __fish_use_subcommand -a import -d 'subscribe from a file, or open an archive'
complete -c broadsheet -n '__fish_seen_subcommand_from import' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from import' -l dry-run -d 'say what would change'
complete -c broadsheet -n '__fish_seen_subcommand_from import' -F
complete -c broadsheet -n __fish_use_subcommand -a export -d 'write subscriptions, articles or corrections out'
complete -c broadsheet -n '__fish_seen_subcommand_from export' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from export' -l format -d 'opml, jsonl, markdown, epub or corrections (default: opml)' -xa 'opml jsonl markdown epub corrections'
complete -c broadsheet -n '__fish_seen_subcommand_from export' -l query -d 'which entries (not for opml, corrections)' -x
complete -c broadsheet -n '__fish_seen_subcommand_from export' -l to -d 'file or, for markdown, folder; - is standard output' -rF
complete -c broadsheet -n __fish_use_subcommand -a mark -d 'mark what a query finds as read, starred, queued, hidden'
complete -c broadsheet -n '__fish_seen_subcommand_from mark' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from mark' -l read -l no-read -d 'as read, or as unread'
complete -c broadsheet -n '__fish_seen_subcommand_from mark' -l star -l no-star -d 'keep for good, or not'
complete -c broadsheet -n '__fish_seen_subcommand_from mark' -l queue -l no-queue -d 'into the reading queue, or out of it'
complete -c broadsheet -n '__fish_seen_subcommand_from mark' -l hide -l no-hide -d 'off every list, or back'
complete -c broadsheet -n '__fish_seen_subcommand_from mark' -l tag -d 'give it this tag of yours' -x
complete -c broadsheet -n '__fish_seen_subcommand_from mark' -l undo -d 'take the last change back, whichever'
complete -c broadsheet -n __fish_use_subcommand -a rules -d 'hide, star, tag and more by query, when entries arrive'
complete -c broadsheet -n '__fish_seen_subcommand_from rules' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from rules' -l try -d 'what a query finds now' -x
complete -c broadsheet -n '__fish_seen_subcommand_from rules' -l add -d 'save a rule' -x
complete -c broadsheet -n '__fish_seen_subcommand_from rules' -l apply -d 'act on what is here already' -x
complete -c broadsheet -n '__fish_seen_subcommand_from rules' -l remove -d 'remove a rule; what it did stays' -x
complete -c broadsheet -n '__fish_seen_subcommand_from rules' -l name -d 'with --add: call the rule this' -x
complete -c broadsheet -n '__fish_seen_subcommand_from rules' -l json -d 'one object a line'
complete -c broadsheet -n __fish_use_subcommand -a sync -d 'fetch what is new, with articles and names'
complete -c broadsheet -n '__fish_seen_subcommand_from sync' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from sync' -l all -d 'also feeds that are not due yet'
complete -c broadsheet -n '__fish_seen_subcommand_from sync' -l quiet -d 'print errors only'
complete -c broadsheet -n '__fish_seen_subcommand_from sync' -l json -d 'one event a line'
complete -c broadsheet -n '__fish_seen_subcommand_from sync' -l no-articles -d 'feeds only'
complete -c broadsheet -n __fish_use_subcommand -a pack -d 'make ready for a time offline'
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -l for -d 'for a journey of this length' -x
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -l max -d 'at most this many bytes' -x
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -l minutes -d 'reading time wanted' -x
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -l feed -d 'only this feed' -x
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -l folder -d 'only this folder' -x
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -l query -d 'only what this finds' -x
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -l images -l no-images -d 'with pictures (the default), or without'
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -l links -d 'links in the articles too, one level'
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -l json -d 'one event a line'
complete -c broadsheet -n '__fish_seen_subcommand_from pack' -l to -d 'write it as one file for another machine' -rF
complete -c broadsheet -n __fish_use_subcommand -a list -d 'print headlines'
complete -c broadsheet -n '__fish_seen_subcommand_from list' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from list' -l json -d 'one object a line'
complete -c broadsheet -n '__fish_seen_subcommand_from list' -l count -d 'only how many there are'
complete -c broadsheet -n '__fish_seen_subcommand_from list' -l format -d 'a line of your own, with {fields} named as in --json' -x
complete -c broadsheet -n '__fish_seen_subcommand_from list' -l query -d 'which (default: is:unread)' -x
complete -c broadsheet -n '__fish_seen_subcommand_from list' -l order -d 'newest, oldest, feed, folder, story or title' -xa 'newest oldest feed folder story title'
complete -c broadsheet -n '__fish_seen_subcommand_from list' -l limit -d '0: all' -x
complete -c broadsheet -n __fish_use_subcommand -a search -d 'find in everything: titles, texts, notes and names'
complete -c broadsheet -n '__fish_seen_subcommand_from search' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from search' -l json -d 'one object a line'
complete -c broadsheet -n '__fish_seen_subcommand_from search' -l order -d 'best, newest or oldest' -xa 'best newest oldest'
complete -c broadsheet -n '__fish_seen_subcommand_from search' -l limit -d '0: all' -x
complete -c broadsheet -n __fish_use_subcommand -a enclosures -d 'list or download audio and video that entries enclose'
complete -c broadsheet -n '__fish_seen_subcommand_from enclosures' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from enclosures' -l json -d 'one object a line'
complete -c broadsheet -n '__fish_seen_subcommand_from enclosures' -l query -d 'of which (default: is:unread)' -x
complete -c broadsheet -n '__fish_seen_subcommand_from enclosures' -l limit -d '0: all' -x
complete -c broadsheet -n '__fish_seen_subcommand_from enclosures' -l to -d 'download them there, going on where a try ended' -rF
complete -c broadsheet -n __fish_use_subcommand -a read -d 'print the article of a page'
complete -c broadsheet -n '__fish_seen_subcommand_from read' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from read' -l plain -d 'text (the default)'
complete -c broadsheet -n '__fish_seen_subcommand_from read' -l markdown -d 'Markdown'
complete -c broadsheet -n '__fish_seen_subcommand_from read' -l json -d 'one object a line, in order'
complete -c broadsheet -n '__fish_seen_subcommand_from read' -l explain -d 'each step of cleaning, and what it removed and why'
complete -c broadsheet -n '__fish_seen_subcommand_from read' -l comments -d 'the comments on the page, where it has some'
complete -c broadsheet -n '__fish_seen_subcommand_from read' -l entities -d 'who and what it is about'
complete -c broadsheet -n '__fish_seen_subcommand_from read' -l url -d 'address of a file or of -' -x
complete -c broadsheet -n '__fish_seen_subcommand_from read' -l width -d 'columns of --plain' -x
complete -c broadsheet -n '__fish_seen_subcommand_from read' -F
complete -c broadsheet -n __fish_use_subcommand -a entities -d 'print the entities of texts'
complete -c broadsheet -n '__fish_seen_subcommand_from entities' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from entities' -l json -d 'one object a line'
complete -c broadsheet -n '__fish_seen_subcommand_from entities' -l lang -d 'language of the texts (default: detected)' -x
complete -c broadsheet -n '__fish_seen_subcommand_from entities' -F
complete -c broadsheet -n __fish_use_subcommand -a feed -d 'print the entries of a feed'
complete -c broadsheet -n '__fish_seen_subcommand_from feed' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from feed' -l json -d 'one object a line'
complete -c broadsheet -n '__fish_seen_subcommand_from feed' -l url -d 'address of a file or of -' -x
complete -c broadsheet -n '__fish_seen_subcommand_from feed' -F
complete -c broadsheet -n __fish_use_subcommand -a doctor -d 'check terminal, stores, model and network'
complete -c broadsheet -n '__fish_seen_subcommand_from doctor' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from doctor' -l json -d 'one object a line'
complete -c broadsheet -n '__fish_seen_subcommand_from doctor' -l terminal -d 'the terminal only'
complete -c broadsheet -n __fish_use_subcommand -a config -d 'print the settings in force, and from where'
complete -c broadsheet -n '__fish_seen_subcommand_from config' -s h -l help -d 'show this help message and exit'
complete -c broadsheet -n '__fish_seen_subcommand_from config' -l edit -d 'open your settings in your editor'
complete -c broadsheet -n '__fish_seen_subcommand_from config' -l defaults -d 'print the documented defaults'
