import { en as accounts } from '#features/accounts/web/locales/en.ts';
import { en as contacts } from '#features/contacts/web/locales/en.ts';
import { en as content } from '#features/conversations/web/locales/content-en.ts';
import { en as conversations } from '#features/conversations/web/locales/en.ts';
import { en as kinds } from '#features/conversations/web/locales/kinds-en.ts';
import { en as retention } from '#features/conversations/web/locales/retention-en.ts';
import { en as withheld } from '#features/conversations/web/locales/withheld-en.ts';
import { en as gate } from '#features/gate/web/locales/en.ts';
import { en as requests } from '#features/gate/web/locales/requests-en.ts';
import { en as upstream } from '#features/gate/web/locales/upstream-en.ts';
import { en as covers } from '#features/media/web/locales/covers-en.ts';
import { en as media } from '#features/media/web/locales/en.ts';
import { en as removalsNotice } from '#features/removals/web/locales/notice-en.ts';
import { en as templates } from '#features/templates/web/locales/en.ts';
import { en as platform } from '#platform/web/locales/en.ts';
import { en as shell } from '../locales/en.ts';

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
