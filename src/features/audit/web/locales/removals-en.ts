import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { removalsPtBR } from './removals-pt-br.ts';

export const removalsEn: SameKeys<typeof removalsPtBR> = {
  facts: {
    blocked: 'blocks',
    lifted: 'unblocks',
    trouble: 'cause',
    number: 'number',
    decideWithinHours: 'hours to decide',
    twoPersonReasons: 'two people for',
  },
  values: {
    journal: 'by the journal',
    absent: 'journal absent',
    behind: 'journal older than the database',
    damaged: 'journal changed',
    sexual: 'sexual content',
    'personal-data': 'personal data',
  },
  actions: {
    asked: 'asked for content to be removed',
    joined: 'joined a removal request',
    'opened-at-sight': 'had content removed that they met',
    assigned: 'gave a removal request to somebody',
    'given-back': 'gave a removal request back',
    commented: 'commented on a removal request',
    revealed: 'looked at covered content',
    'removal-proposed': 'proposed to remove a message',
    'message-removed': 'removed a message',
    'message-removed-again': 'removed a message again, by the journal',
    'message-kept': 'kept a message',
    'print-retired': 'said that content is not the same as what was removed',
    'name-asked': 'asked for the name of a contact to be removed',
    'name-revealed': 'looked at a covered name',
    'name-proposed': 'proposed to remove the name of a contact',
    'name-removed': 'removed the name of a contact',
    'person-erased': 'erased the data of a person',
    'name-kept': 'kept the name of a contact',
    finished: 'finished a removal',
    retried: 'tried again to finish a removal',
    'settings-changed': 'changed the rules of removal requests',
  },
};
