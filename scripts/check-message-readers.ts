/** One file that may name the table `message` in its SQL, and why it needs the table itself. */
export interface MessageReader {
  readonly file: string;
  readonly reason: string;
}

const conversations = 'src/features/conversations/server';

/**
 * The closed list of files whose SQL names the table `message`. Whatever shows messages reads the view `shown_message`, which
 * withholds what is covered or removed; one more reader of the table is a second way to that content, so it needs a line
 * here, a reason, and a reviewer who agrees.
 */
export const MESSAGE_READERS: readonly MessageReader[] = [
  {
    file: `${conversations}/message-store.ts`,
    reason: 'writes messages, and reads the state of one that is acted on',
  },
  {
    file: `${conversations}/actions/action-store.ts`,
    reason:
      'edits a message that is locked, or empties it because it was taken back; reads no content',
  },
  {
    file: `${conversations}/message-queries.ts`,
    reason: 'readCovered: reviewers look under a cover on purpose',
  },
  {
    file: `${conversations}/conversation-store.ts`,
    reason: 'since when somebody waits whom a late answer did not reach; times alone',
  },
  {
    file: `${conversations}/delivery-store.ts`,
    reason: 'what leaves is read under its lock, and refused when it is covered',
  },
  {
    file: `${conversations}/own-reaction-store.ts`,
    reason: 'where a reaction of ours belongs; reads no content',
  },
  {
    file: `${conversations}/placeholder-store.ts`,
    reason: 'makes a file of a placeholder; a cover over it stays',
  },
  {
    file: `${conversations}/call-store.ts`,
    reason: 'joins what is told of a call into its one message; a cover over it stays',
  },
  {
    file: `${conversations}/message-index-store.ts`,
    reason: 'makes the words, which searches find in the view alone',
  },
  {
    file: `${conversations}/link-card/link-card-store.ts`,
    reason: 'writes the card of a message that is not withheld',
  },
  {
    file: `${conversations}/stopped/stopped-store.ts`,
    reason: 'what a stopped message quoted; ids alone',
  },
  {
    file: `${conversations}/stopped/stopped-queries.ts`,
    reason: 'ids of stopped messages in order; their content comes from the view',
  },
  { file: `${conversations}/impact/impact-queries.ts`, reason: 'counts what waits to be sent' },
  { file: `${conversations}/purge-store.ts`, reason: 'deletes what is old' },
  {
    file: `${conversations}/erase/erase-store.ts`,
    reason: 'locks what goes with a person, and their copies; ids alone',
  },
  { file: `${conversations}/merge-store.ts`, reason: 'moves messages between contacts; ids alone' },
  { file: `${conversations}/split-store.ts`, reason: 'moves messages back' },
  {
    file: `${conversations}/withhold/lineage-queries.ts`,
    reason: 'follows copies by forwarded_from; ids alone',
  },
  {
    file: `${conversations}/withhold/lineage-store.ts`,
    reason: 'locks what is covered or removed',
  },
  { file: `${conversations}/withhold/cover-store.ts`, reason: 'covers and restores' },
  { file: `${conversations}/withhold/remove-store.ts`, reason: 'makes tombstones' },
  {
    file: `${conversations}/withhold/same-bytes-queries.ts`,
    reason: 'where the same bytes are; nothing of what is said',
  },
  {
    file: 'src/features/gate/server/requests/request-store.ts',
    reason: 'names the last messages of a contact; ids alone',
  },
  {
    file: 'src/features/gate/server/requests/request-queries.ts',
    reason: 'the order of the named messages; ids alone',
  },
  {
    file: 'src/features/media/server/media-store.ts',
    reason: 'whose file is fetched, and whether a stranger sent it',
  },
  {
    file: 'src/features/media/server/outbound-store.ts',
    reason: 'the file that leaves, or is copied, by withheldFrom',
  },
  {
    file: 'src/features/media/server/prints/print-store.ts',
    reason: 'of which kind a message is whose file is removed: what it says is not read',
  },
  {
    file: 'src/features/media/server/queries.ts',
    reason: 'the file that is served, by withheldFrom',
  },
  {
    file: 'src/features/media/server/reveal-store.ts',
    reason: 'whether a file may be revealed, by withheldFrom',
  },
  { file: 'src/app/server/metrics-queries.ts', reason: 'counts what waits to be sent' },
  { file: 'src/app/server/demo/demo-store.ts', reason: 'writes the demonstration' },
  {
    file: 'src/app/server/demo/demo-queries.ts',
    reason: 'the simulated phones show what they hold, which no cover reaches',
  },
];
