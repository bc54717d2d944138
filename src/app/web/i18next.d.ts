import 'i18next';
import type { channelWords } from '#channels/whatsapp/web/index.ts';
import type { auditWords } from '#features/audit/web/index.ts';
import type { composeWords } from '#features/conversations/web/index.ts';
import type { blockListsWords, requestDeskWords } from '#features/gate/web/index.ts';
import type { words } from './words/pt-br.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'platform';
    /** Those of a part that is fetched by itself come with it. */
    resources: typeof words & {
      audit: typeof auditWords;
      'block-lists': typeof blockListsWords;
      channels: typeof channelWords;
      compose: typeof composeWords;
      'request-desk': typeof requestDeskWords;
    };
  }
}
