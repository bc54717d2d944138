#!/bin/sh
# A commit message opens with `area: what changed`, in the imperative, on one line of at most 72 characters.
subject=$(grep -v '^#' "$1" | head -n 1)
case $subject in
  'Merge '* | 'Revert '* | 'fixup! '* | 'squash! '*) exit 0 ;;
esac
if ! printf '%s\n' "$subject" | grep -Eq '^[a-z][a-z0-9-]*(, [a-z][a-z0-9-]*)*: [^ ].*[^. ]$'; then
  echo "Write \`area: what changed\`, without a full stop (gate: refuse a stale proof)." >&2
  exit 1
fi
if [ "${#subject}" -gt 72 ]; then
  echo "The first line has ${#subject} characters; 72 is the most." >&2
  exit 1
fi
