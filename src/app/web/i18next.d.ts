import 'i18next';
import type { channelWords } from '#channels/whatsapp/web/index.ts';
import type { scopeWords } from '#features/accounts/web/index.ts';
import type { auditWords } from '#features/audit/web/index.ts';
import type { peopleWords } from '#features/contacts/web/index.ts';
import type {
  composeWords,
  failureWords,
  notificationWords,
  shelfWords,
  stoppedWords,
} from '#features/conversations/web/index.ts';
import type {
  blockListsWords,
  blocksDeskWords,
  bulkBlockWords,
  explainWords,
  requestDeskWords,
} from '#features/gate/web/index.ts';
import type { helpWords } from '#features/help/web/index.ts';
import type { coverSettingsWords } from '#features/media/web/index.ts';
import type {
  askRemovalWords,
  eraseWords,
  removalDeskWords,
} from '#features/removals/web/index.ts';
import type { reportWords } from '#features/reports/web/index.ts';
import type { webhookWords } from '#features/webhooks/web/index.ts';
import type { words } from './words/pt-br.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'platform';
    /** Those of a part that is fetched by itself come with it. */
    resources: typeof words & {
      'ask-removal': typeof askRemovalWords;
      audit: typeof auditWords;
      'block-lists': typeof blockListsWords;
      'blocks-desk': typeof blocksDeskWords;
      'bulk-block': typeof bulkBlockWords;
      channels: typeof channelWords;
      compose: typeof composeWords;
      'cover-settings': typeof coverSettingsWords;
      failures: typeof failureWords;
      erase: typeof eraseWords;
      explain: typeof explainWords;
      help: typeof helpWords;
      notifications: typeof notificationWords;
      people: typeof peopleWords;
      shelves: typeof shelfWords;
      stopped: typeof stoppedWords;
      reports: typeof reportWords;
      'removals-desk': typeof removalDeskWords;
      'request-desk': typeof requestDeskWords;
      scopes: typeof scopeWords;
      webhooks: typeof webhookWords;
    };
  }
}
