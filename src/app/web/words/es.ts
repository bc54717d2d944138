import { es as accounts } from '#features/accounts/web/locales/es.ts';
import { es as contacts } from '#features/contacts/web/locales/es.ts';
import { es as content } from '#features/conversations/web/locales/content-es.ts';
import { es as conversations } from '#features/conversations/web/locales/es.ts';
import { es as kinds } from '#features/conversations/web/locales/kinds-es.ts';
import { es as retention } from '#features/conversations/web/locales/retention-es.ts';
import { es as withheld } from '#features/conversations/web/locales/withheld-es.ts';
import { es as gate } from '#features/gate/web/locales/es.ts';
import { es as requests } from '#features/gate/web/locales/requests-es.ts';
import { es as upstream } from '#features/gate/web/locales/upstream-es.ts';
import { es as covers } from '#features/media/web/locales/covers-es.ts';
import { es as media } from '#features/media/web/locales/es.ts';
import { es as removalsNotice } from '#features/removals/web/locales/notice-es.ts';
import { es as templates } from '#features/templates/web/locales/es.ts';
import { es as platform } from '#platform/web/locales/es.ts';
import { es as shell } from '../locales/es.ts';

/** Every word of the screens in one language: one chunk, fetched when the language is asked for. */
export const words = {
  platform,
  shell,
  accounts,
  contacts,
  gate,
  requests,
  upstream,
  media,
  covers,
  'removals-notice': removalsNotice,
  templates,
  content,
  conversations,
  kinds,
  retention,
  withheld,
};
